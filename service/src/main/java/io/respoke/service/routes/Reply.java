package io.respoke.service.routes;

import io.respoke.protocol.ApiResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer, ready for the wire.
 *
 * @param response status, headers and body
 * @param text a body that replaces the JSON over HTTP, or {@code null}
 * @param afterwards what to do once it is in the caller's queue, or {@code null}
 */
public record Reply(ApiResponse response, @Nullable String text, @Nullable Runnable afterwards) {}
