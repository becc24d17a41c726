package io.respoke.service.state;

import org.jspecify.annotations.Nullable;

/** The client software, as far as it needs its own treatment (protocol-wire Appendix B). */
public enum SdkProfile {
  /** respoke.js in a browser. */
  BROWSER("Respoke.js/"),
  /** The Android SDK. */
  ANDROID("Respoke-Android/"),
  /** The iOS SDK. */
  IOS("Respoke-iOS/"),
  /** chan_respoke. */
  ASTERISK("Respoke-Asterisk/"),
  /** respoke-admin. */
  NODE("Respoke-Node.js/"),
  /** This project's client. */
  JVM("Respoke-Java/"),
  /** Everything else. */
  OTHER("");

  private final String prefix;

  SdkProfile(String prefix) {
    this.prefix = prefix;
  }

  /** The profile that a {@code Respoke-SDK} banner names. */
  public static SdkProfile of(@Nullable String banner) {
    if (banner != null) {
      for (SdkProfile profile : values()) {
        if (profile != OTHER && banner.startsWith(profile.prefix)) {
          return profile;
        }
      }
    }
    return OTHER;
  }

  /** Message bodies must be strings: these SDKs cast without looking. */
  public boolean stringBodies() {
    return this == ANDROID || this == IOS;
  }

  /**
   * Refused on the opened transport rather than at the handshake, from which respoke.js does not
   * recover.
   */
  public boolean refusedOnTransport() {
    return this == BROWSER;
  }

  /** Ignores the answer of {@code presenceobservers} and waits for events. */
  public boolean presencePush() {
    return this == BROWSER;
  }

  /**
   * Wants to know, in the answer to a join, from when on it is a member by the clock that stamps
   * messages: so that it can tell what it missed after a drop. The original clients get the answers
   * they were written for.
   */
  public boolean timedJoins() {
    return this == JVM;
  }

  /**
   * Told that its session ends by the close of the WebSocket alone: chan_respoke takes {@code 0::}
   * for a malformed frame, and the socket.io client in respoke-admin comes back after every
   * end of a connection but that one.
   */
  public boolean closedWithoutDisconnect() {
    return this == ASTERISK || this == NODE;
  }

  /** Says nothing to a {@code modify}, so that whoever asked would wait for a minute. */
  public boolean ignoresModify() {
    return this == ANDROID || this == IOS;
  }
}
