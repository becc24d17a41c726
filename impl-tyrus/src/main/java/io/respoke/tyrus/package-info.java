/**
 * WebSockets by Tyrus. Nothing here is for applications: the provider is found by ServiceLoader.
 */
@NullMarked
package io.respoke.tyrus;

import org.jspecify.annotations.NullMarked;
