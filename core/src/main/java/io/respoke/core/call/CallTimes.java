package io.respoke.core.call;

import java.time.Duration;

/**
 * How long a call waits (protocol-calls §8 #6, §8.1).
 *
 * @param ring for an answer, in either role
 * @param prepare for ICE servers, media and descriptions
 * @param connect for a path once both sides have described their media
 * @param interruption for an interrupted path to come back
 * @param candidates for more candidates before those there are count as all
 * @param modify for the other side to agree or to answer
 * @param modifyOffer for the other side's offer after agreeing; respoke.js takes up to a minute
 * @param modifyAgain before asking a side to modify whose own wish was rejected: respoke.js is
 *     stuck for good if asked within its minute
 */
record CallTimes(
    Duration ring,
    Duration prepare,
    Duration connect,
    Duration interruption,
    Duration candidates,
    Duration modify,
    Duration modifyOffer,
    Duration modifyAgain) {
  /** The times of the specification, with those an application may set. */
  static CallTimes of(Duration ring, Duration connect) {
    return new CallTimes(
        ring,
        Duration.ofSeconds(30),
        connect,
        Duration.ofSeconds(15),
        Duration.ofSeconds(2),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(61));
  }
}
