package io.respoke.service.state;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection's client.
 *
 * @param sdk the profile of its software
 * @param clientType {@code web}, {@code asterisk}, …
 * @param roleId the role its token named, or {@code null}
 * @param ipAddress where it comes from
 * @param iceFinalCandidates whether it sends its final candidates in one list
 * @param status whether it takes {@code status} signals
 */
public record ConnectionTraits(
    SdkProfile sdk,
    String clientType,
    @Nullable String roleId,
    String ipAddress,
    boolean iceFinalCandidates,
    boolean status) {
  /** Whether it is a chan_respoke, by what it says in either place. */
  public boolean asterisk() {
    return sdk == SdkProfile.ASTERISK || clientType.equals("asterisk");
  }
}
