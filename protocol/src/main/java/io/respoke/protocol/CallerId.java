package io.respoke.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Who calls, as a telephone shows it.
 *
 * @param name the name, or {@code null}
 * @param number the number, or {@code null} when it is hidden or unknown
 */
public record CallerId(@Nullable String name, @Nullable String number) {}
