package io.respoke.service.storage;

import jakarta.json.JsonObject;

/**
 * A message that was published to a group and is kept.
 *
 * @param timestamp when it was published, epoch milliseconds
 * @param from the endpoint that published it
 * @param json header and message as members received them
 */
public record StoredMessage(long timestamp, String from, JsonObject json) {}
