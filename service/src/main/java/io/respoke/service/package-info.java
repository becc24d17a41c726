/**
 * The self-hosted, Respoke-compatible service: embeddable in a program or a test, or run by itself.
 *
 * <pre>{@code
 * try (RespokeService service = RespokeService.start(ServiceOptions.defaults())) {
 *   connect(service.baseUrl(), service.app().id());
 * }
 * }</pre>
 */
@NullMarked
package io.respoke.service;

import org.jspecify.annotations.NullMarked;
