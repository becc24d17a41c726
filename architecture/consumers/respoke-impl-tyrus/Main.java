package consumer;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.event.MessageReceived;
import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A message goes from one client to another, through a service, over sockets. */
class Main {
  record Greeting(String text, int number) {}

  public static void main(String[] args) throws Exception {
    ServiceOptions options =
        ServiceOptions.builder()
            .host("127.0.0.1")
            .port(0)
            .app(AppOptions.builder().developmentMode(true).build())
            .build();
    try (RespokeService service = RespokeService.start(options);
        Client joe = client(service, "joe");
        Client spock = client(service, "spock")) {
      CompletableFuture<String> heard = new CompletableFuture<>();
      spock.listen(MessageReceived.class, e -> heard.complete(e.message().text()));
      joe.connect().toCompletableFuture().get(20, TimeUnit.SECONDS);
      spock.connect().toCompletableFuture().get(20, TimeUnit.SECONDS);
      joe.sendMessage("spock", "hello");
      String text = heard.get(20, TimeUnit.SECONDS);
      if (!text.equals("hello")) {
        throw new AssertionError(text);
      }
    }
    // The transport is the only one there is: nothing names it, so its module is asked for.
    Module module = Client.class.getModule();
    System.out.println(
        "ok: "
            + (module.isNamed()
                ? module.getLayer().findModule("io.respoke.tyrus").orElseThrow()
                : "class path"));
  }

  private static Client client(RespokeService service, String endpointId) {
    return Respoke.createClient(
        ClientOptions.builder()
            .baseUrl(service.baseUrl())
            .appId(service.app().id())
            .developmentMode(true)
            .endpointId(endpointId)
            .build());
  }
}
