package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import io.respoke.service.storage.StorageState;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What happened, counted, and whether the database answers. */
final class Health {
  private static final System.Logger LOG = System.getLogger(JdbcStorage.class.getName());

  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Runnable whenLost;
  private @Nullable String problem;
  private boolean over;

  /**
   * Counts from nothing.
   *
   * @param whenLost called whenever the database seems to be away
   */
  Health(Runnable whenLost) {
    this.whenLost = whenLost;
  }

  void stored(int changes) {
    long unused = stored.addAndGet(changes);
    answered();
  }

  synchronized void answered() {
    if (problem != null && !over) {
      LOG.log(System.Logger.Level.INFO, "the database answers again");
      problem = null;
    }
  }

  void refused() {
    long unused = refused.incrementAndGet();
  }

  void failed(int changes, StorageException failure) {
    long unused = failed.addAndGet(changes);
    if (failure.reason() == Reason.REFUSED) {
      LOG.log(System.Logger.Level.WARNING, "not stored: {0}", failure.getMessage());
      return;
    }
    synchronized (this) {
      if (problem == null) {
        // Once, however many requests meet it.
        LOG.log(System.Logger.Level.WARNING, failure.getMessage(), failure.getCause());
      }
      if (!over) {
        problem = failure.getMessage();
      }
      // What is unusable does not mend itself, whatever else still answers.
      over |= failure.reason() == Reason.UNUSABLE;
    }
    whenLost.run();
  }

  synchronized StorageState state(int waiting) {
    return new StorageState(
        problem == null, waiting, stored.get(), refused.get(), failed.get(), problem);
  }
}
