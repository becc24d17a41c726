/**
 * Receives what a Respoke service tells an application's server by HTTP: verified, typed and once.
 * {@link io.respoke.webhook.WebhookReceiver} is the way in; it needs no client, no web framework
 * and no engine, only a provider of Jakarta JSON Processing at run time.
 */
@NullMarked
package io.respoke.webhook;

import org.jspecify.annotations.NullMarked;
