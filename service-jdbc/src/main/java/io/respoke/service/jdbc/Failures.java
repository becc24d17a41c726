package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failure of the database means. */
final class Failures {
  private Failures() {}

  /** Data the database will not take, whoever asks and when; everything else may pass. */
  static boolean refuses(Throwable failure) {
    SQLException sql = sql(failure);
    String state = sql == null ? null : sql.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
  }

  /**
   * As callers are told. What the SQL library wraps around a failure quotes the values, and what
   * the database says of data it refuses does too; neither gets out of here.
   */
  static StorageException of(Throwable failure, boolean committing) {
    if (failure instanceof StorageException known) {
      return known;
    }
    if (committing) {
      return new StorageException(
          Reason.UNKNOWN,
          "the database was lost while it committed (" + words(failure) + ")",
          sql(failure));
    }
    return refuses(failure)
        ? new StorageException(
            Reason.REFUSED, "the database refuses it (" + words(failure) + ")", null)
        : new StorageException(
            Reason.UNAVAILABLE,
            "the database does not answer; try again later (" + words(failure) + ")",
            sql(failure));
  }

  /** The state's code and the kind of failure: messages of drivers quote data. */
  static String words(Throwable failure) {
    SQLException sql = sql(failure);
    return sql == null
        ? failure.getClass().getSimpleName()
        : sql.getClass().getSimpleName() + ", SQL state " + sql.getSQLState();
  }

  private static @Nullable SQLException sql(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
