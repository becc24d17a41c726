package io.respoke.service.jdbc;

import io.respoke.service.storage.Storage;

/** In memory nothing is lost as long as the storage itself lives. */
class MemoryStorageTest extends StorageContract {
  @Override
  Storage open() {
    return Storage.inMemory(1_000, 1_000);
  }

  @Override
  Storage reopen(Storage old) {
    old.close();
    return old;
  }
}
