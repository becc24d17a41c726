package io.respoke.examples.filereceiver;

import io.respoke.DirectConnection;
import io.respoke.event.DirectMessageReceived;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other side: sends files over an open direct connection, one after another. Blocks. */
final class FileSender {
  /** What the mobile SDKs take, too. */
  static final int CHUNK_BYTES = 16 * 1024;

  private final DirectConnection connection;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  FileSender(DirectConnection connection) {
    this.connection = connection;
    connection.listen(DirectMessageReceived.class, e -> answers.add(e.message().text()));
  }

  /** Sends a file; returns what the receiver says to it. */
  String send(Path file) throws IOException, InterruptedException {
    announce(file.getFileName().toString(), Files.size(file), sum(file));
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = in.readNBytes(CHUNK_BYTES);
      while (chunk.length > 0) {
        send(chunk);
        chunk = in.readNBytes(CHUNK_BYTES);
      }
    }
    return answer();
  }

  void announce(String name, long size, String sha256) {
    await(
        connection.sendObject(
            Json.createObjectBuilder()
                .add("name", name)
                .add("size", size)
                .add("sha256", sha256)
                .build()));
  }

  /** Waits until it has left, so that not more than one chunk waits in memory. */
  void send(byte[] chunk) {
    await(connection.sendBytes(chunk));
  }

  String answer() throws InterruptedException {
    String answer = answers.poll(60, TimeUnit.SECONDS);
    return answer == null ? "no answer" : answer;
  }

  private static String sum(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
