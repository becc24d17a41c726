/** The API's objects: clients, endpoints, groups, messages, and the delivery of events. */
@NullMarked
package io.respoke.core.client;

import org.jspecify.annotations.NullMarked;
