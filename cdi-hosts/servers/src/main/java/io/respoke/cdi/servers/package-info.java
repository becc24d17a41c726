/** The suite of the CDI extension in an application server. */
@NullMarked
package io.respoke.cdi.servers;

import org.jspecify.annotations.NullMarked;
