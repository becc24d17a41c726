package io.respoke.service.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL and its credentials, taken apart: drivers and pools put the URL into their messages.
 *
 * @param kind which database
 * @param address the URL without credentials
 * @param user who logs in, or {@code null}
 * @param password with what, or {@code null}
 */
record DatabaseUrl(Kind kind, String address, @Nullable String user, @Nullable String password) {
  enum Kind {
    H2,
    POSTGRESQL
  }

  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Without it H2 writes commits half a second late, and a killed process loses them. */
  private static final String DURABLE = ";WRITE_DELAY=0";

  /** H2's own log would quote the data of what it refuses. */
  private static final String QUIET = ";TRACE_LEVEL_FILE=0";

  static DatabaseUrl ofFile(Path file) {
    return new DatabaseUrl(
        Kind.H2, H2 + "file:" + file + DURABLE + ";DB_CLOSE_ON_EXIT=FALSE" + QUIET, "respoke", "");
  }

  static DatabaseUrl parse(String url, @Nullable String user, @Nullable String password) {
    String lower = url.toLowerCase(Locale.ROOT);
    Kind kind;
    if (lower.startsWith(H2)) {
      kind = Kind.H2;
    } else if (lower.startsWith(POSTGRESQL)) {
      kind = Kind.POSTGRESQL;
    } else {
      throw new IllegalArgumentException(
          "the database must be given as jdbc:postgresql:… or jdbc:h2:…");
    }
    // H2 separates its settings from the rest and from each other in the same way.
    String first = kind == Kind.H2 ? ";" : "\\?";
    String next = kind == Kind.H2 ? ";" : "&";
    String[] parts = url.split(first, 2);
    List<String> kept = new ArrayList<>();
    String foundUser = user;
    String foundPassword = password;
    for (String setting : parts.length == 1 ? new String[0] : parts[1].split(next, -1)) {
      String name = setting.replaceAll("=.*", "").toLowerCase(Locale.ROOT);
      if (name.equals("user") && foundUser == null) {
        foundUser = value(kind, setting);
      } else if (name.equals("password") && foundPassword == null) {
        foundPassword = value(kind, setting);
      } else if (!name.equals("user") && !name.equals("password") && !setting.isEmpty()) {
        kept.add(setting);
      }
    }
    String clean =
        kept.isEmpty()
            ? parts[0]
            : parts[0] + (kind == Kind.H2 ? ";" : "?") + String.join(next, kept);
    if (clean.matches("(?i)jdbc:postgresql://[^/?]*@.*")) {
      throw new IllegalArgumentException(
          "give the database's user and password apart from its URL, or as ?user=…&password=…");
    }
    if (kind == Kind.H2 && !clean.toUpperCase(Locale.ROOT).contains(";WRITE_DELAY=")) {
      clean += DURABLE;
    }
    return new DatabaseUrl(kind, clean, foundUser, foundPassword);
  }

  private static String value(Kind kind, String setting) {
    String value = setting.substring(setting.indexOf('=') + 1);
    return kind == Kind.H2 ? value : URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  /** The address: scheme, host, name, settings. */
  @Override
  public String toString() {
    return address;
  }
}
