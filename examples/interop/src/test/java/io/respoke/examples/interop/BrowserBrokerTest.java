package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.BrokerTokens;
import io.respoke.Tokens;
import io.respoke.event.MessageReceived;
import io.respoke.event.Reconnected;
import io.respoke.examples.interop.driver.BrowserPage;
import io.respoke.examples.interop.driver.JavaClient;
import io.respoke.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One broker, the example, serves a page with respoke.js and the Java client's token source. */
@Tag("browser")
class BrowserBrokerTest {
  @RegisterExtension final Interop interop = new Interop();

  @TempDir Path scratch;

  @Test
  void a_page_and_a_java_client_connect_through_it_and_again_when_they_are_dropped()
      throws Exception {
    Path library = scratch.resolve("respoke.js");
    interop.page("builder").saveLibrary(library);
    BrokerProcess broker =
        interop.closing(
            BrokerProcess.start(interop.service(), "ada:lovelace,grace:hopper", library));
    String bearer = logIn(broker.url(), "grace", "hopper");
    JavaClient grace =
        interop
            .java(
                "grace",
                options ->
                    options.tokenProvider(
                        Tokens.broker(
                            new BrokerTokens(
                                broker.url().resolve("api/tokens"),
                                () -> Map.of("Authorization", "Bearer " + bearer)))))
            .connect();
    assertEquals("grace", grace.client().endpointId().orElseThrow());

    BrowserPage page = interop.pageAt(broker.url().toString(), "page");
    page.fill("[name=user]", "ada");
    page.fill("[name=password]", "lovelace");
    page.click("#login button");
    page.awaitText("#log", "connected as ada");
    chat(page, grace, "first");

    interop.service().drop("ada");
    interop.service().drop("grace");

    page.awaitText("#log", "disconnected\nconnected as ada");
    grace.await(Reconnected.class);
    chat(page, grace, "second");
  }

  private static void chat(BrowserPage page, JavaClient grace, String text) {
    JavaClient.get(grace.client().sendMessage("ada", text + " from Java"));
    page.awaitText("#log", "grace: " + text + " from Java");
    page.fill("[name=to]", "grace");
    page.fill("[name=message]", text + " from the page");
    page.click("#chat button");
    MessageReceived received = grace.await(MessageReceived.class);
    assertEquals("ada", received.message().from());
    assertEquals(text + " from the page", received.message().text());
  }

  private static String logIn(URI broker, String user, String password) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(broker.resolve("api/login"))
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            Json.write(
                                Json.object().add("user", user).add("password", password).build())))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return Json.parseObject(answer.body()).getString("bearer");
  }
}
