package io.respoke.service.jdbc;

import io.respoke.service.storage.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StorageTest extends StorageContract {
  @TempDir Path directory;

  @Override
  Storage open() {
    return JdbcStorage.open(JdbcOptions.directory(directory));
  }

  @Override
  Storage reopen(Storage old) {
    old.close();
    return open();
  }
}
