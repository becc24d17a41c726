package io.respoke.service.storage;

import org.jspecify.annotations.Nullable;

/**
 * How a storage does at one moment.
 *
 * @param ready whether the last thing it did went well
 * @param waiting how many changes wait to be stored
 * @param stored how many changes were stored since it was opened
 * @param refused how many requests were refused because too many waited
 * @param failed how many changes were not stored because of a failure
 * @param problem what went wrong last, for people, while it is not ready; or {@code null}
 */
public record StorageState(
    boolean ready, int waiting, long stored, long refused, long failed, @Nullable String problem) {}
