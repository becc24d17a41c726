package io.respoke.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A process that this one has started, and that ends with it. They talk in lines. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final PrintStream input;

  private ChildProcess(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  static ChildProcess start(List<String> command) throws IOException {
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The rest of the next line that starts with a word; lines before it are passed over. */
  String await(String word) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
    }
    throw new IOException("The other process has ended without saying \"" + word + "\"");
  }

  /** Sends a line to its standard input. */
  void say(String line) {
    input.println(line);
  }

  /** How long processors have worked for it. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What it occupies of the machine's memory, in bytes. */
  long resident() {
    return Memory.resident(process.toHandle());
  }

  /** Kills it, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
