/** How plug-ins are found and chosen. */
@NullMarked
package io.respoke.core.plugin;

import org.jspecify.annotations.NullMarked;
