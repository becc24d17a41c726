/**
 * Where the service keeps its data: what a storage takes and gives. The service brings one that
 * keeps everything in memory; another one is given with {@link
 * io.respoke.service.ServiceOptions.Builder#storage}.
 */
@NullMarked
package io.respoke.service.storage;

import org.jspecify.annotations.NullMarked;
