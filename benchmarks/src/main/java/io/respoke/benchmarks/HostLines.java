package io.respoke.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a server under load says to its parent, and is told by it. */
final class HostLines {
  private HostLines() {}

  /** Says where it listens, counts its memory when asked, and ends with standard input. */
  static void obey(int port) throws IOException {
    say("ready " + port);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (line.equals("memory")) {
        Memory memory = Memory.now();
        say("memory " + (memory.alive() + memory.outside()));
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
