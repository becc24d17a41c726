package io.respoke;

import java.time.Instant;

/**
 * Marks a conversation as read.
 *
 * @param groupId the group
 * @param timestamp messages up to this time, inclusive, are read; sent in whole milliseconds
 */
public record ReadMark(String groupId, Instant timestamp) {}
