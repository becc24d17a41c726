/**
 * Media by webrtc-java. Nothing here is for applications: the provider is found by ServiceLoader.
 */
@NullMarked
package io.respoke.webrtc;

import org.jspecify.annotations.NullMarked;
