package io.respoke.server;

import io.respoke.service.jdbc.Backup;
import io.respoke.service.storage.StorageException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands {@code backup} and {@code restore}, of a directory of {@code --data}. */
final class BackupCommands {
  static final String BACKUP = "backup";
  static final String RESTORE = "restore";

  private BackupCommands() {}

  /** {@code backup --data DIR --to FILE}; gives the exit code. */
  static int backup(List<String> arguments, PrintStream out, PrintStream err) {
    return run(
        BACKUP,
        "--to",
        arguments,
        err,
        (directory, file) -> {
          Backup.make(directory, file);
          out.println(directory + " is backed up in " + file);
        });
  }

  /** {@code restore --from FILE --data DIR}; gives the exit code. */
  static int restore(List<String> arguments, PrintStream out, PrintStream err) {
    return run(
        RESTORE,
        "--from",
        arguments,
        err,
        (directory, file) -> {
          Backup.restore(file, directory);
          out.println(file + " is restored in " + directory);
        });
  }

  private interface Task {
    void run(Path directory, Path file);
  }

  private static int run(
      String command, String fileOption, List<String> arguments, PrintStream err, Task task) {
    Path directory = null;
    Path file = null;
    try {
      for (int i = 0; i < arguments.size(); i += 2) {
        String option = arguments.get(i);
        if (option.equals("--jdbc")) {
          throw new IllegalArgumentException(
              command
                  + " is for --data DIR; PostgreSQL has pg_dump and pg_restore, at any time and"
                  + " while the server runs");
        } else if (option.equals("--data")) {
          directory = path(option, arguments, i + 1);
        } else if (option.equals(fileOption)) {
          file = path(option, arguments, i + 1);
        } else {
          throw new IllegalArgumentException(command + " knows no argument " + option);
        }
      }
      if (directory == null || file == null) {
        throw new IllegalArgumentException(
            command + " needs --data DIR and " + fileOption + " FILE.zip");
      }
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    }
    try {
      task.run(directory, file);
      return 0;
    } catch (StorageException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static Path path(String option, List<String> arguments, int index) {
    @Nullable String value = index < arguments.size() ? arguments.get(index) : null;
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + " is no path: " + e.getMessage(), e);
    }
  }
}
