package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.BrokerTokens;
import io.respoke.Client;
import io.respoke.Group;
import io.respoke.MessageOptions;
import io.respoke.Tokens;
import io.respoke.event.GroupMessageReceived;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.media.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The support desk, visited in a browser. */
@Tag("browser")
class BrowserSupportDeskTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  @RegisterExtension final Interop interop = new Interop();

  @TempDir Path scratch;
  private DeskProcess desk;
  private BrowserPage ada;

  @BeforeEach
  void openThePage() throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Path library = scratch.resolve("respoke.js");
    Path recordings = Files.createDirectory(scratch.resolve("recordings"));
    interop.page("builder").saveLibrary(library);
    desk = interop.closing(DeskProcess.start(interop.service(), library, recordings, scratch));
    ada = interop.pageAt(desk.url().toString(), "ada");
  }

  private void shoot(String step) {
    ada.shoot(SCREENSHOTS.resolve("support-desk-" + step + ".png"));
  }

  private void logIn(BrowserPage page) {
    page.fill("[name=name]", "ada");
    page.fill("[name=password]", "lovelace");
    page.click("#login button");
    page.awaitText("#presence", "The desk is available");
  }

  private static void say(BrowserPage page, String text) {
    page.fill("[name=text]", text);
    page.click("#chat button");
  }

  /** A login by hand, for somebody without a browser; answers the cookie. */
  private HttpResponse<String> post(String path, String form, String cookie) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(desk.url().resolve(path))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Cookie", cookie)
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private JavaClient agent() {
    HttpResponse<String> login = post("desk/api/login", "name=grace&password=lovelace", "none=0");
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    URI tokens = desk.url().resolve("desk/api/tokens");
    return interop
        .java(
            "grace",
            options ->
                options.tokenProvider(
                    Tokens.broker(new BrokerTokens(tokens, () -> Map.of("Cookie", cookie)))))
        .connect();
  }

  @Test
  void a_visitor_logs_in_and_has_a_case_with_a_history() {
    shoot("1-login");
    ada.fill("[name=name]", "ada");
    ada.fill("[name=password]", "wrong");
    ada.click("#login button");
    ada.awaitText("#problem", "No such name and password.");
    assertEquals(401, post("desk/api/tokens", "", "desk-login=invented").statusCode());

    logIn(ada);
    say(ada, "My printer is on fire.");
    ada.awaitText("#lines", "ada: My printer is on fire.");
    ada.awaitText("#lines", "desk: Thank you, ada. This is now case-ada");
    shoot("2-case");

    JavaClient grace = agent();
    assertEquals("agent-grace", grace.client().endpointId().orElseThrow());
    Group open = JavaClient.get(grace.client().join("case-ada"));
    assertEquals(
        List.of(
            "ada: My printer is on fire.",
            "desk: Thank you, ada. This is now case-ada, and somebody will look at it."),
        JavaClient.get(open.history()).stream().map(line -> line.text()).toList());
    JavaClient.get(
        open.sendMessage("Is it plugged in?", MessageOptions.defaults().withPersist(true)));
    ada.awaitText("#lines", "grace: Is it plugged in?");
    say(ada, "Not any more.");
    grace.await(GroupMessageReceived.class, e -> e.message().text().equals("ada: Not any more."));
    ada.awaitText("#lines", "desk: This is with the rest of case-ada.");
    shoot("3-agent");

    BrowserPage again = interop.pageAt(desk.url().toString(), "again");
    logIn(again);
    again.awaitText(
        "#lines",
        "somebody will look at it.grace: Is it plugged in?ada: Not any more.desk: This is with");
  }

  @Test
  @Tag("media")
  void a_visitor_calls_and_is_greeted_and_recorded() throws IOException {
    logIn(ada);
    Client watcher = interop.java("watcher").connect().client();
    assertEquals("available", JavaClient.get(watcher.endpoint("desk").observePresence()).text());

    ada.click("#call");
    ada.awaitText("#telephone", "You hear the desk");
    ada.awaitText("#presence", "The desk is busy");
    // The browser's microphone beeps.
    Path recordings = scratch.resolve("recordings");
    await("a second of sound", () -> size(recordings) > 96_000);
    shoot("4-call");
    ada.click("#call");

    ada.awaitText("#telephone", "The call is over");
    ada.awaitText("#presence", "The desk is available");
    ada.awaitText("#lines", "desk: Your call is recorded, ");
    shoot("5-recorded");
    try (Stream<Path> files = Files.list(recordings)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      assertTrue(loudest(all.get(0)) > 1_000, "the loudest sample: " + loudest(all.get(0)));
    }
  }

  private static long size(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private static int loudest(Path recording) {
    WavFile file = WavFile.open(recording);
    short[] frame = new short[file.format().samplesPerFrame()];
    int loudest = 0;
    while (file.read(frame)) {
      for (short sample : frame) {
        loudest = Math.max(loudest, Math.abs(sample));
      }
    }
    file.close();
    return loudest;
  }

  private static void await(String what, BooleanSupplier there) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!there.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "there was no " + what);
      LockSupport.parkNanos(50_000_000);
    }
  }
}
