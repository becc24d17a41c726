/** What an application asks for, as values, and what is wrong with it. */
@NullMarked
package io.respoke.cdi.model;

import org.jspecify.annotations.NullMarked;
