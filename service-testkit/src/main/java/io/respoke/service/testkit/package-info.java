/** Runs the service inside JUnit tests. */
@NullMarked
package io.respoke.service.testkit;

import org.jspecify.annotations.NullMarked;
