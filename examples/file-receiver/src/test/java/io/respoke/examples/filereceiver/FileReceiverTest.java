package io.respoke.examples.filereceiver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.DirectConnection;
import io.respoke.Respoke;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files over a direct connection of the real media backend. */
@Tag("media")
@Timeout(120)
class FileReceiverTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private static final String NO_SUM = "00";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  @TempDir private Path inbox;
  @TempDir private Path outbox;

  private List<String> inbox() throws Exception {
    try (Stream<Path> files = Files.list(inbox)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void becomesEmptyButFor(List<String> names) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!inbox().equals(names) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertEquals(names, inbox());
  }

  @Test
  void filesArriveAsTheyAreOrNotAtAll(RespokeService service) throws Exception {
    byte[] content = new byte[3_000_001];
    new Random(2).nextBytes(content);
    Path large = Files.write(outbox.resolve("large one.bin"), content);
    Path empty = Files.write(outbox.resolve("empty"), new byte[0]);
    try (FileReceiver receiver = new FileReceiver(Demo.settings(service), inbox, out);
        Client ada = Respoke.createClient(Demo.ada(service))) {
      Demo.await(receiver.start());
      Demo.await(ada.connect());
      DirectConnection connection = ada.startDirectConnection("files");
      FileSender sender = new FileSender(connection);
      Demo.await(connection.opened());

      assertEquals("received large one.bin", sender.send(large));
      assertArrayEquals(content, Files.readAllBytes(inbox.resolve("large one.bin")));
      assertEquals("received empty", sender.send(empty));

      sender.announce("../escape", 1, NO_SUM);
      assertEquals("refused: the name must be a plain one", sender.answer());
      sender.announce("huge", IncomingFile.MAX_BYTES + 1, NO_SUM);
      assertEquals("refused: the size must be 0 to " + IncomingFile.MAX_BYTES, sender.answer());
      sender.announce("wrong", 1, NO_SUM);
      sender.send(new byte[1]);
      String refusal = sender.answer();
      assertTrue(refusal.startsWith("refused wrong: its sum is "), refusal);
      sender.announce("long", 1, NO_SUM);
      sender.send(new byte[2]);
      assertEquals("refused long: more bytes than it has", sender.answer());
      sender.send(new byte[1]);
      assertEquals("refused: bytes of no file", sender.answer());

      sender.announce("half", 2, NO_SUM);
      sender.send(new byte[1]);
      Demo.await(connection.close());
      becomesEmptyButFor(List.of("empty", "large one.bin"));
    }
  }

  @Test
  void theDemoTellsItsStory() throws Exception {
    FileReceiver.run(new String[] {"--demo"}, Map.of(), out);
    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("file-receiver: ada: received noise.bin"), story);
    assertTrue(story.contains("ada is told: received noise.bin"), story);
    assertTrue(story.contains("file-receiver: ok"), story);
  }
}
