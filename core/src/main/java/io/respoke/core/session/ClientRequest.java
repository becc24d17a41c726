package io.respoke.core.session;

import io.respoke.protocol.ApiRequest;
import io.respoke.protocol.ApiResponse;
import java.util.concurrent.CompletableFuture;

/**
 * A request and who waits for it.
 *
 * @param api what is asked
 * @param answer completed once, with an answer that did not fail or with a {@link
 *     io.respoke.RespokeException}
 */
record ClientRequest(ApiRequest api, CompletableFuture<ApiResponse> answer) {
  String name() {
    return api.method() + " " + api.path();
  }
}
