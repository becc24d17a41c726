package io.respoke.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the requests of a service's webhook into events: verified, typed, and each only once.
 * Thread-safe; never blocks, reads and writes nothing itself, and has nothing to close. What it
 * remembers lives in memory: after a restart, or in another process, an event may come again.
 */
public final class WebhookReceiver {
  private final WebhookVerifier verifier;
  private final InstantSource clock;
  private final int maxBody;
  private final SeenEvents seen;

  private WebhookReceiver(Builder builder, WebhookVerifier verifier) {
    this.verifier = verifier;
    this.clock = builder.clock;
    this.maxBody = builder.maxBody;
    this.seen = new SeenEvents(builder.rememberedEvents, builder.memory);
  }

  /** One that wants signatures made with this secret, with the defaults of {@link Builder}. */
  public static WebhookReceiver of(String secret) {
    return builder().secret(secret).build();
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Looks at one request. Who cannot act on an accepted event, and wants it sent again, calls
   * {@link #forget} and answers with 500 or 503.
   *
   * @param body its bytes as they came, not decoded and not formatted anew; not changed
   * @param headers its headers
   * @return the event, or why there is none; either has the status to answer
   */
  public WebhookResult receive(byte[] body, WebhookHeaders headers) {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    if (body.length > maxBody) {
      return new WebhookResult.Refused(WebhookResult.Reason.TOO_LARGE);
    }
    Instant now = clock.instant();
    Optional<WebhookResult.Reason> problem = verifier.verify(body, headers, now);
    if (problem.isPresent()) {
      return new WebhookResult.Refused(problem.get());
    }
    @Nullable WebhookEvent event = WebhookJson.read(body);
    if (event == null) {
      return new WebhookResult.Refused(WebhookResult.Reason.MALFORMED);
    }
    return seen.add(event, now)
        ? new WebhookResult.Accepted(event)
        : new WebhookResult.Refused(WebhookResult.Reason.DUPLICATE);
  }

  /** Forgets that an event came: the service's next attempt is accepted. */
  public void forget(WebhookEvent event) {
    seen.remove(event);
  }

  /**
   * How many events were forgotten before their time because there were too many. When this grows,
   * {@link Builder#rememberedEvents} is too small.
   */
  public long forgottenEarly() {
    return seen.forgottenEarly();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "WebhookReceiver[verifier=" + verifier + ", remembered=" + seen.size() + "]";
  }

  /** Collects how a receiver is to be. Not thread-safe. */
  public static final class Builder {
    private final List<String> secrets = new ArrayList<>();
    private @Nullable WebhookVerifier verifier;
    private Duration tolerance = WebhookVerifier.DEFAULT_TOLERANCE;
    private InstantSource clock = Clock.systemUTC();
    private Duration memory = Duration.ofDays(2);
    private int rememberedEvents = 100_000;
    private int maxBody = 256 * 1024;

    private Builder() {}

    /** Takes signatures made with this secret; may be called again for a second one. */
    public Builder secret(String secret) {
      secrets.add(secret);
      return this;
    }

    /** How far the time of a signature may be off; default 5 minutes. */
    public Builder tolerance(Duration tolerance) {
      this.tolerance = tolerance;
      return this;
    }

    /** Decides in place of the signature. */
    public Builder verifier(WebhookVerifier verifier) {
      this.verifier = verifier;
      return this;
    }

    /** How long an event is remembered; default 2 days, twice as long as the service tries. */
    public Builder memory(Duration memory) {
      if (memory.isNegative() || memory.isZero()) {
        throw new IllegalArgumentException("memory must be positive: " + memory);
      }
      this.memory = memory;
      return this;
    }

    /** How many events are remembered at most; default 100 000, about 15 MB. */
    public Builder rememberedEvents(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("rememberedEvents must be 1 or more: " + count);
      }
      this.rememberedEvents = count;
      return this;
    }

    /** The largest body in bytes; default 262 144. */
    public Builder maxBody(int bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("maxBody must be 1 or more: " + bytes);
      }
      this.maxBody = bytes;
      return this;
    }

    /** What time it is; default the system's clock. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * A receiver.
     *
     * @throws IllegalArgumentException without a secret and without a verifier, or with both
     */
    public WebhookReceiver build() {
      if (verifier != null && !secrets.isEmpty()) {
        throw new IllegalArgumentException("give secrets or a verifier, not both");
      }
      return new WebhookReceiver(
          this, verifier == null ? WebhookVerifier.signature(tolerance, secrets) : verifier);
    }
  }
}
