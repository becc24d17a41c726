/** What an application names when it injects Respoke clients and observes their events. */
@NullMarked
package io.respoke.cdi;

import org.jspecify.annotations.NullMarked;
