package io.respoke.server;

import io.respoke.service.RequestEntry;
import io.respoke.service.RequestLog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the service is run.
 *
 * @param drain over how long clients are sent away at the end
 * @param accessLog where requests are written, or {@code null}
 * @param auditLog where what administrators do is written, or {@code null}
 */
record Operation(Duration drain, @Nullable String accessLog, @Nullable String auditLog) {

  /** The logs that are open. */
  record Logs(List<JsonLog> open) implements RequestLog, AutoCloseable {
    @Override
    public void answered(RequestEntry entry) {
      for (JsonLog log : open) {
        log.answered(entry);
      }
    }

    @Override
    public void close() {
      open.forEach(JsonLog::close);
    }
  }

  /**
   * Opens the logs.
   *
   * @throws IOException if a file cannot be written
   */
  Logs open(OutputStream standard) throws IOException {
    Logs logs = new Logs(new ArrayList<>());
    try {
      if (accessLog != null) {
        logs.open.add(JsonLog.open(accessLog, standard, entry -> true));
      }
      if (auditLog != null) {
        logs.open.add(JsonLog.open(auditLog, standard, RequestEntry::administrative));
      }
      return logs;
    } catch (IOException e) {
      logs.close();
      throw e;
    }
  }
}
