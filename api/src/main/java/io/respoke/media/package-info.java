/**
 * Application media in plain Java: where audio and video come from and go to, and ready parts.
 * Audio is signed 16-bit PCM in frames of 10 ms; video is I420.
 */
@NullMarked
package io.respoke.media;

import org.jspecify.annotations.NullMarked;
