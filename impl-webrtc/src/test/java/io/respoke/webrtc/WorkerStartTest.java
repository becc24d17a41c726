package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What worker processes are started with, whom they let in, and that they end with their parent.
 */
@Tag("media")
@Timeout(120)
class WorkerStartTest {
  private static final String SAID = "refused as it should be";

  private static WorkerSettings with(List<String> options) {
    return with(WorkerSettings.defaults().java(), options);
  }

  private static WorkerSettings with(Path java, List<String> options) {
    WorkerSettings usual = WorkerSettings.defaults();
    return new WorkerSettings(
        java,
        options,
        Duration.ofSeconds(20),
        usual.heartbeat(),
        usual.patience(),
        usual.sessions(),
        usual.closedSessions(),
        usual.residentBytes());
  }

  private static String refusal(List<String> options) {
    return refusal(with(options));
  }

  private static String refusal(WorkerSettings settings) {
    MediaException failure =
        assertThrows(MediaException.class, () -> WorkerBackend.start(settings).close());
    assertEquals(Reason.UNAVAILABLE, failure.reason());
    return String.valueOf(failure.getMessage());
  }

  /** The failure says what is missing, in the words of the process that misses it. */
  @ParameterizedTest
  @CsvSource({
    "-Xmx1k, heap",
    "-Dos.arch=riscv64, riscv64",
    "-Dos.arch=aarch64, aarch64",
    "-XX:+NoSuchOption, NoSuchOption"
  })
  void whatIsMissingIsNamed(String option, String named) {
    String refusal = refusal(List.of(option));
    assertTrue(refusal.contains(named), refusal);
  }

  /** A native half that is there and cannot be linked in the worker, as without its libraries. */
  @Test
  void whatCannotBeLinkedIsNamed(@TempDir Path scratch) throws IOException {
    WorkerSettings usual = WorkerSettings.defaults();
    Path breaking =
        Files.writeString(
            scratch.resolve("java"),
            """
            #!/bin/sh
            for argument; do
              [ "$last" = -cp ] && for library in "$argument"/*webrtc-java*; do echo broken > "$library"; done
              last=$argument
            done
            exec %s "$@"
            """
                .formatted(usual.java()));
    assertTrue(breaking.toFile().setExecutable(true));
    String refusal = refusal(with(breaking, usual.options()));
    assertTrue(refusal.contains("The media engine cannot be loaded"), refusal);
    assertTrue(refusal.contains("webrtc-java"), refusal);
  }

  /** Pretends to be a worker: its arguments are what it gets wrong and, last, the socket. */
  static final class Impostor {
    public static void main(String[] arguments) throws IOException {
      byte[] nonce = System.in.readNBytes(WorkerMain.NONCE_BYTES);
      ByteBuffer hello = ByteBuffer.allocate(2 * Integer.BYTES + 1 + WorkerMain.NONCE_BYTES);
      hello.putInt(arguments[0].equals("magic") ? 1 : WorkerMain.MAGIC);
      hello.putInt(WorkerMain.VERSION + (arguments[0].equals("version") ? 1 : 0));
      nonce[5] += arguments[0].equals("nonce") ? 1 : 0;
      hello.put(WorkerMain.CONTROL).put(nonce).flip();
      try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        socket.connect(UnixDomainSocketAddress.of(arguments[arguments.length - 1]));
        socket.write(hello);
        if (socket.read(ByteBuffer.allocate(1)) < 0) {
          System.out.println(SAID);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"magic", "version", "nonce"})
  void whoIsNotOurWorkerIsRefused(String wrong) {
    String refusal =
        refusal(
            List.of("-cp", System.getProperty("java.class.path"), Impostor.class.getName(), wrong));
    assertTrue(refusal.contains(SAID), refusal);
  }

  /** Run in a JVM of its own: says which process it has started; then as its arguments say. */
  static final class Application {
    public static void main(String[] arguments) throws Exception {
      WorkerBackend backend = WorkerBackend.start(WorkerSettings.defaults());
      System.out.println(backend.workers().get(0).pid());
      System.out.flush();
      if (arguments[0].equals("stays")) {
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  private static Process application(String does, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(WorkerSettings.defaults().java().toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Application.class.getName(), does));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dfor.the.application=true");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static long worker(Process application) throws IOException {
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
    // A debugger says where it listens.
    String line = said.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = said.readLine();
    }
    return Long.parseLong(String.valueOf(line));
  }

  private static void awaitEnd(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  private static String proc(long pid, String file) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
  }

  /** What the application is debugged with is not for its worker, which ends however it ends. */
  @Test
  void aWorkerInheritsNothingAndEndsWithAKilledApplication() throws Exception {
    Process application =
        application(
            "stays",
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
            "-Dfor.the.command=true");
    long pid = worker(application);
    assertFalse(proc(pid, "environ").contains("for.the.application"));
    assertFalse(proc(pid, "cmdline").matches("(?s).*(jdwp|for\\.the\\.command).*"));
    application.destroyForcibly();
    awaitEnd(pid);
  }

  /** Nothing of ours keeps a program running that has forgotten to close its client. */
  @Test
  void anApplicationThatForgetsToCloseEnds() throws Exception {
    Process application = application("returns");
    long pid = worker(application);
    assertTrue(application.waitFor(30, TimeUnit.SECONDS), "the application has not ended");
    assertEquals(0, application.exitValue());
    awaitEnd(pid);
  }
}
