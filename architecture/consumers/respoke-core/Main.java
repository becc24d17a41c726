package consumer;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.ClientOptions;
import io.respoke.Respoke;

/** The engine is found; without a transport it says what to add. */
class Main {
  public static void main(String[] args) {
    Admin admin =
        Respoke.admin(
            AdminOptions.builder().baseUrl("http://127.0.0.1:1").appId("app").appSecret("s").build());
    try {
      Respoke.createClient(
          ClientOptions.builder()
              .baseUrl("http://127.0.0.1:1")
              .appId("app")
              .developmentMode(true)
              .endpointId("joe")
              .build());
      throw new AssertionError("a client without a transport");
    } catch (IllegalStateException e) {
      if (!e.getMessage().contains("respoke-impl-tyrus")) {
        throw e;
      }
    }
    Module module = admin.getClass().getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
