package io.respoke;

import java.time.Instant;
import java.util.Optional;

/**
 * What a group with persisted messages looks like to one endpoint.
 *
 * @param groupId the group
 * @param latest its latest message
 * @param sourceId the endpoint that sent it
 * @param unread how many messages came after the read mark
 * @param timestamp when the latest message came
 */
public record Conversation(
    String groupId, Optional<Message> latest, String sourceId, int unread, Instant timestamp) {}
