/** What takes several applications, one after another: the containers of Java SE. */
@NullMarked
package io.respoke.cdi.suite.se;

import org.jspecify.annotations.NullMarked;
