/** The media backend for media that the application does elsewhere. No native code. */
@NullMarked
package io.respoke.core.media;

import org.jspecify.annotations.NullMarked;
