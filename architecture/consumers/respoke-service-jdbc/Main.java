package consumer;

import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.service.jdbc.JdbcOptions;
import io.respoke.service.jdbc.JdbcStorage;
import io.respoke.service.storage.Storage;

/** What one service stored, the next one finds. */
class Main {
  public static void main(String[] args) throws Exception {
    String url = "jdbc:h2:mem:consumer;DB_CLOSE_DELAY=-1";
    String first = appId(url);
    if (!first.equals(appId(url))) {
      throw new AssertionError("the app was not kept");
    }
    Module module = JdbcStorage.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }

  private static String appId(String url) {
    try (Storage storage = JdbcStorage.open(JdbcOptions.url(url, null, null));
        RespokeService service =
            RespokeService.start(
                ServiceOptions.builder().host("127.0.0.1").port(0).storage(storage).build())) {
      return service.app().id();
    }
  }
}
