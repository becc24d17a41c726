package io.respoke.examples.filereceiver;

import io.respoke.DirectMessage;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comes over one direct connection: {@code {"name","size","sha256"}}, then that many bytes,
 * and again. A name is a plain one; a file is at most {@value #MAX_BYTES} bytes, and it has its
 * name only once it is whole and its sum is right. For one thread at a time.
 */
final class IncomingFile {
  static final long MAX_BYTES = 1L << 30;

  private final Path directory;
  private @Nullable Part current;

  /** What has come of one file so far. */
  private static final class Part {
    final String name;
    final String sum;
    final MessageDigest digest = digest();
    final Path path;
    final OutputStream bytes;
    long missing;

    Part(String name, String sum, long size, Path path) throws IOException {
      this.name = name;
      this.sum = sum;
      this.path = path;
      missing = size;
      bytes = Files.newOutputStream(path);
    }
  }

  IncomingFile(Path directory) {
    this.directory = directory;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Takes what came. Tells when a file is over, well or not. */
  Optional<String> received(DirectMessage message) {
    try {
      Optional<byte[]> chunk = message.bytes();
      if (chunk.isPresent()) {
        return append(chunk.get());
      }
      return begin(message.json().orElse(JsonValue.NULL));
    } catch (IOException e) {
      Optional<String> abandoned = abandon();
      return Optional.of(
          "failed: " + e.getMessage() + abandoned.map(told -> "; " + told).orElse(""));
    }
  }

  private Optional<String> begin(JsonValue said) throws IOException {
    if (current != null) {
      return Optional.of("refused: " + current.name + " is not over");
    }
    if (!(said instanceof JsonObject file)
        || !(file.get("name") instanceof JsonString name)
        || !(file.get("sha256") instanceof JsonString sum)
        || !(file.get("size") instanceof JsonNumber size)) {
      return Optional.of("refused: name, size and sha256 are needed");
    }
    if (!name.getString().matches("[\\w-][\\w. -]{0,99}")) {
      return Optional.of("refused: the name must be a plain one");
    }
    if (size.longValue() < 0 || size.longValue() > MAX_BYTES) {
      return Optional.of("refused: the size must be 0 to " + MAX_BYTES);
    }
    Path path = Files.createTempFile(directory, "incoming-", ".part");
    Part part = new Part(name.getString(), sum.getString(), size.longValue(), path);
    current = part;
    return part.missing == 0 ? finish(part) : Optional.empty();
  }

  private Optional<String> append(byte[] chunk) throws IOException {
    Part part = current;
    if (part == null) {
      return Optional.of("refused: bytes of no file");
    }
    if (chunk.length > part.missing) {
      abandon();
      return Optional.of("refused " + part.name + ": more bytes than it has");
    }
    part.bytes.write(chunk);
    part.digest.update(chunk);
    part.missing -= chunk.length;
    return part.missing == 0 ? finish(part) : Optional.empty();
  }

  private Optional<String> finish(Part part) throws IOException {
    String found = HexFormat.of().formatHex(part.digest.digest());
    if (!found.equalsIgnoreCase(part.sum)) {
      abandon();
      return Optional.of("refused " + part.name + ": its sum is " + found);
    }
    part.bytes.close();
    Files.move(part.path, directory.resolve(part.name), StandardCopyOption.REPLACE_EXISTING);
    current = null;
    return Optional.of("received " + part.name);
  }

  /** There will be no more: what is not whole is deleted. Tells if there was something. */
  Optional<String> abandon() {
    Part part = current;
    current = null;
    if (part == null) {
      return Optional.empty();
    }
    try {
      part.bytes.close();
      Files.deleteIfExists(part.path);
    } catch (IOException e) {
      return Optional.of("abandoned " + part.name + ", and could not delete " + part.path);
    }
    return Optional.of("abandoned " + part.name + ", " + part.missing + " bytes are missing");
  }
}
