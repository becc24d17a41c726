/** How events reach listeners: sources, their queues, and the application's listeners. */
@NullMarked
package io.respoke.core.event;

import org.jspecify.annotations.NullMarked;
