package io.respoke;

import java.util.Objects;
import java.util.Optional;

/**
 * How a message is sent. Immutable.
 *
 * @param ccSelf whether the sender's other connections get a copy; empty for the default: true to
 *     an endpoint, false to one connection. Has no meaning in groups
 * @param push whether it may reach a device that is offline as a push notification; default false
 * @param persist whether the group keeps it in its history; default false; groups only
 */
public record MessageOptions(Optional<Boolean> ccSelf, boolean push, boolean persist) {
  private static final MessageOptions DEFAULTS = new MessageOptions(Optional.empty(), false, false);

  /** Checks for null. */
  public MessageOptions {
    Objects.requireNonNull(ccSelf, "ccSelf");
  }

  /** All defaults. */
  public static MessageOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with {@code ccSelf} set. */
  public MessageOptions withCcSelf(boolean ccSelf) {
    return new MessageOptions(Optional.of(ccSelf), push, persist);
  }

  /** A copy with {@code push} set. */
  public MessageOptions withPush(boolean push) {
    return new MessageOptions(ccSelf, push, persist);
  }

  /** A copy with {@code persist} set. */
  public MessageOptions withPersist(boolean persist) {
    return new MessageOptions(ccSelf, push, persist);
  }
}
