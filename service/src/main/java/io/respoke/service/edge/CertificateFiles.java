package io.respoke.service.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The certificate in its files.
 *
 * @param options reads the files anew each time they are used
 * @param files the files
 */
public record CertificateFiles(Supplier<KeyCertOptions> options, List<Path> files) {
  /** Copies the list. */
  public CertificateFiles {
    files = List.copyOf(files);
  }

  /** What tells one state of the files from another. */
  Future<String> mark(Vertx vertx) {
    return Future.all(
            files.stream()
                .map(file -> vertx.fileSystem().props(file.toString()))
                .map(read -> read.map(found -> found.lastModifiedTime() + "/" + found.size() + ";"))
                .toList())
        .map(all -> String.join("", all.<String>list()));
  }
}
