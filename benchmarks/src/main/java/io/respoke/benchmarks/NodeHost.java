package io.respoke.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code node/server.mjs}, where Node is and what the server needs has been installed. */
final class NodeHost {
  private NodeHost() {}

  /** Why it cannot run; {@code null} when it can. */
  static @Nullable String missing() throws InterruptedException {
    try {
      int unused =
          new ProcessBuilder("node", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
    } catch (IOException e) {
      return "no Node";
    }
    return Files.isDirectory(folder().resolve("node_modules/socket.io"))
        ? null
        : "no socket.io, see node/package.json";
  }

  static ChildProcess start() throws IOException {
    return ChildProcess.start(
        List.of("node", "--expose-gc", folder().resolve("server.mjs").toString()));
  }

  private static Path folder() {
    try {
      URI classes = NodeHost.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(classes).getParent().getParent().resolve("node");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
