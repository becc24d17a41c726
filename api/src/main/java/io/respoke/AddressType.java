package io.respoke;

/** What the address of a call's other side names. */
public enum AddressType {
  /** An endpoint of the app. */
  WEB,
  /** A phone number, as E.164. */
  DID,
  /** A SIP URI, or a trunk and a user as {@code trunk/user}. */
  SIP,
  /** A conference. */
  CONFERENCE
}
