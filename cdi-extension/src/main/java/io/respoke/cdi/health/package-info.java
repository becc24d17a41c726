/** The clients' health, for MicroProfile Health where it is present. */
@NullMarked
package io.respoke.cdi.health;

import org.jspecify.annotations.NullMarked;
