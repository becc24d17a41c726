/**
 * Everything that can happen, as immutable records under one sealed root, {@link
 * io.respoke.event.RespokeEvent}. The same records reach listeners, {@code Flow} subscribers and
 * CDI observers. New records may be added in minor versions: a {@code switch} over events needs a
 * default branch.
 */
@NullMarked
package io.respoke.event;

import org.jspecify.annotations.NullMarked;
