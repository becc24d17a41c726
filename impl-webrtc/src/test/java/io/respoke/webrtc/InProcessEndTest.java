package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaRequest;
import io.respoke.spi.MediaSession;
import io.respoke.spi.MediaSessionListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that do media in their own process, and their end. */
@Tag("media")
@Timeout(60)
class InProcessEndTest {
  @TempDir private Path directory;

  /** Run in a JVM of its own: makes a connection, closes everything twice, and returns. */
  static final class Program {
    public static void main(String[] arguments) {
      InProcessBackend backend = new InProcessBackend(Engine.start());
      LossListener callerHears = new LossListener();
      LossListener calleeHears = new LossListener();
      MediaSession caller = open(backend, callerHears);
      MediaSession callee = open(backend, calleeHears);
      callerHears.passTo(callee);
      calleeHears.passTo(caller);
      done(callee.setRemoteDescription(done(caller.createOffer())));
      done(caller.setRemoteDescription(done(callee.createAnswer())));
      calleeHears.await("open");
      backend.close();
      caller.close();
      backend.close();
      System.out.println(calleeHears.told());
    }

    private static MediaSession open(InProcessBackend backend, MediaSessionListener listener) {
      return done(
          backend.open(
              new MediaRequest(
                  "session",
                  MediaConstraints.dataOnly(),
                  MediaDevices.none(),
                  List.of(),
                  false,
                  Optional.empty()),
              listener));
    }

    private static <T> T done(CompletionStage<T> stage) {
      return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void aProgramEndsWhenItsBackendIsClosed() throws Exception {
    Path output = directory.resolve("output.txt");
    Process program =
        new ProcessBuilder(
                WorkerSettings.defaults().java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(program.waitFor(40, TimeUnit.SECONDS), "the program has not ended");
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertEquals(0, program.exitValue(), said);
      assertTrue(said.contains("connected") && said.contains("closed"), said);
    } finally {
      program.destroyForcibly();
    }
  }
}
