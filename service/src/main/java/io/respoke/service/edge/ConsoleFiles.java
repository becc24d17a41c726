package io.respoke.service.edge;

import io.respoke.service.state.Ids;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files of the console. A path is looked up as it is sent, so there is nothing to climb. */
final class ConsoleFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "png", "image/png");

  private record File(
      Buffer plain, @Nullable Buffer zipped, String type, String tag, boolean kept) {}

  private final Map<String, File> files = new HashMap<>();

  ConsoleFiles(Map<String, byte[]> contents) {
    contents.forEach((path, content) -> files.put(path, file(path, content)));
  }

  private static File file(String path, byte[] content) {
    String type =
        TYPES.getOrDefault(
            path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT),
            "application/octet-stream");
    byte[] zipped = zipped(content);
    // Latin 1 maps every byte to a character, which is all a digest needs.
    String tag = Ids.digest(new String(content, StandardCharsets.ISO_8859_1)).substring(0, 32);
    return new File(
        Buffer.buffer(content),
        zipped.length < content.length ? Buffer.buffer(zipped) : null,
        type,
        '"' + tag + '"',
        path.startsWith("assets/"));
  }

  private static byte[] zipped(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Answers a request for a file. */
  void answer(HttpServerRequest http, String path) {
    HttpServerResponse response = http.response();
    boolean head = http.method().equals(HttpMethod.HEAD);
    File file = files.get(path);
    if (!head && !http.method().equals(HttpMethod.GET)) {
      ConsoleHeaders.addUncached(http);
      var unused = response.setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
      return;
    }
    if (file == null) {
      ConsoleHeaders.addUncached(http);
      var unused =
          response.setStatusCode(404).putHeader("Content-Type", "text/plain").end("Not found\n");
      return;
    }
    ConsoleHeaders.add(http);
    response
        .putHeader("ETag", file.tag)
        .putHeader("Vary", "Accept-Encoding")
        .putHeader("Cache-Control", file.kept ? "public, max-age=31536000, immutable" : "no-cache");
    if (matches(http.getHeader("If-None-Match"), file.tag)) {
      var unused = response.setStatusCode(304).end();
      return;
    }
    Buffer body = file.plain;
    String accepted = http.getHeader("Accept-Encoding");
    if (file.zipped != null && accepted != null && accepted.contains("gzip")) {
      body = file.zipped;
      response.putHeader("Content-Encoding", "gzip");
    }
    response
        .putHeader("Content-Type", file.type)
        .putHeader("Content-Length", Integer.toString(body.length()));
    var unused = head ? response.end() : response.end(body);
  }

  private static boolean matches(@Nullable String known, String tag) {
    return known != null && (known.equals("*") || known.contains(tag));
  }
}
