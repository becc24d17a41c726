package io.respoke.cdi.suite;

import io.respoke.media.ExternalMedia;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Media that is only described. */
public final class FixedMedia implements ExternalMedia {
  private static final String DESCRIPTION =
      String.join(
          "\r\n",
          "v=0",
          "o=- 1 1 IN IP4 127.0.0.1",
          "s=-",
          "t=0 0",
          "m=audio 9 UDP/TLS/RTP/SAVPF 0",
          "c=IN IP4 0.0.0.0",
          "a=mid:0",
          "a=sendrecv",
          "a=rtpmap:0 PCMU/8000",
          "");

  @Override
  public CompletionStage<String> createOffer() {
    return CompletableFuture.completedFuture(DESCRIPTION);
  }

  @Override
  public CompletionStage<String> createAnswer(String offer) {
    return CompletableFuture.completedFuture(DESCRIPTION);
  }

  @Override
  public CompletionStage<Void> applyAnswer(String answer) {
    return CompletableFuture.completedFuture(null);
  }
}
