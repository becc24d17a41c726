package io.respoke.service.storage;

/**
 * A group as one of its readers sees it.
 *
 * @param group its name
 * @param newest its newest message
 * @param unread how many messages of others are newer than the reader's mark
 */
public record Conversation(String group, StoredMessage newest, int unread) {}
