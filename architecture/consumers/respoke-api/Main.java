package consumer;

import io.respoke.ClientOptions;
import io.respoke.Respoke;
import java.time.Duration;

/** Without an engine there are options, and an error that says what to add. */
class Main {
  public static void main(String[] args) {
    ClientOptions options =
        ClientOptions.builder()
            .baseUrl("http://127.0.0.1:1")
            .appId("app")
            .developmentMode(true)
            .endpointId("joe")
            .requestTimeout(Duration.ofSeconds(1))
            .build();
    try {
      Respoke.createClient(options);
      throw new AssertionError("a client without an engine");
    } catch (IllegalStateException e) {
      if (!e.getMessage().contains("io.respoke:respoke-impl-tyrus")) {
        throw e;
      }
    }
    Module module = Respoke.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
