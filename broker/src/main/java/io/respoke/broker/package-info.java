/**
 * The server-side half of brokered authentication: {@link io.respoke.broker.TokenResource} answers
 * {@code POST /api/tokens}, and a {@link io.respoke.broker.TokenPolicy} bean of the application
 * says who gets what. Every answer is told as a CDI event, without the token.
 */
@NullMarked
package io.respoke.broker;

import org.jspecify.annotations.NullMarked;
