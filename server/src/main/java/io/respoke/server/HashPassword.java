package io.respoke.server;

import io.respoke.service.HashedPassword;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code hash-password}: makes of an administrator's password what the settings may
 * hold in its place.
 */
final class HashPassword {
  static final String NAME = "hash-password";

  /** Where the password comes from; never an argument, which every list of processes shows. */
  interface Source {
    /** The password, or {@code null} when there is none. */
    @Nullable String password() throws IOException;
  }

  private HashPassword() {}

  /** Prints the hash; never the password. */
  static int run(List<String> arguments, Source source, PrintStream out, PrintStream err) {
    if (!arguments.isEmpty()) {
      err.println(
          NAME
              + " takes no arguments, because lists of processes show them: it asks for the password"
              + " or reads it from standard input");
      return 2;
    }
    try {
      String password = source.password();
      if (password == null || password.isBlank()) {
        err.println("there is no password: give one, in one line of standard input");
        return 2;
      }
      out.println(HashedPassword.of(password).text());
      out.flush();
      return 0;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  /** A terminal is asked, twice and unseen; else the first line of standard input is taken. */
  @SuppressWarnings("SystemConsoleNull") // what calls a pipe a console reads a line all the same
  static Source standard() {
    Console console = System.console();
    return console == null ? line(System.in) : () -> typed(console);
  }

  /** The first line of a stream, as UTF-8. */
  static Source line(InputStream in) {
    return () -> new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
  }

  private static @Nullable String typed(Console console) throws IOException {
    char[] password = console.readPassword("Password: ");
    char[] again = password == null ? null : console.readPassword("Again: ");
    // Some versions of Java call a pipe a console; it ends after the first line.
    if (again != null && !Arrays.equals(password, again)) {
      throw new IOException("the two passwords differ; nothing was hashed");
    }
    return password == null ? null : new String(password);
  }
}
