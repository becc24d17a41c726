package io.respoke.service.storage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what must outlive the service. Thread-safe.
 *
 * <p>{@link #load} is called once, before anything else, and may block. All other methods are
 * called on the service's event loop and must return at once; their stages complete on any thread.
 * Changes take effect in the order in which they were given. What is read sees all changes given
 * before that did not fail. A stage that fails does so with a {@link StorageException}.
 *
 * <p>Whoever made a storage closes it, after the service that uses it.
 */
public interface Storage extends AutoCloseable {
  /** How many reports of one kind are kept for an app: the newest. */
  int REPORTS = 100;

  /** Up to where {@link #conversations} counts; more unread messages than that are this many. */
  int MOST_UNREAD = 10_000;

  /** A storage in memory, with bounds for the messages it keeps. It ends with the process. */
  static Storage inMemory(int messagesPerGroup, int groupsPerApp) {
    return new MemoryStorage(messagesPerGroup, groupsPerApp);
  }

  /**
   * Everything that is kept but messages, as the changes that make it from nothing: an app comes
   * before what belongs to it, older reports before newer ones. May block.
   *
   * @throws StorageException when it cannot be read, or was written by a newer version
   */
  List<Change> load();

  /**
   * Takes changes that belong together. The stage completes when all of them are as durable as this
   * storage makes them; when it fails none of them is kept, unless the failure's reason is {@link
   * StorageException.Reason#UNKNOWN}.
   *
   * <p>What belongs to an app that was removed, and has not been stored again, has no effect.
   */
  CompletionStage<Void> store(List<Change> changes);

  /**
   * The newest messages of each of these groups, newest first; a group without any has an empty
   * list.
   *
   * @param limit how many of each group at most
   * @param before only messages with an earlier timestamp, in epoch milliseconds; or {@code null}
   */
  CompletionStage<Map<String, List<StoredMessage>>> history(
      String appId, Collection<String> groups, int limit, @Nullable Long before);

  /**
   * The newest message of each group and how many a reader has not read; groups without messages
   * are left out.
   *
   * @param reader whose own messages do not count as unread
   * @param marks for each group the time up to which it was read, in epoch milliseconds
   */
  CompletionStage<List<Conversation>> conversations(
      String appId, String reader, Map<String, Long> marks);

  /**
   * Drops old messages of an app, a bounded number at a time.
   *
   * @param olderThan drops messages with an earlier timestamp, in epoch milliseconds; 0 for none
   * @param messagesPerGroup keeps this many of each group, the newest; 0 for all
   * @param atMost how many to drop now
   * @return how many were dropped; {@code atMost} when there may be more
   */
  CompletionStage<Integer> trim(String appId, long olderThan, int messagesPerGroup, int atMost);

  /** How it does. Any thread; never blocks. */
  StorageState state();

  /**
   * Finishes what it has taken and lets go of files and connections. May block for some seconds.
   * Closing again does nothing.
   */
  @Override
  void close();
}
