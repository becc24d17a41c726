package consumer;

import io.respoke.console.ConsolePages;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.net.HttpURLConnection;

/** The pages are served, where the build has made them. */
class Main {
  public static void main(String[] args) throws Exception {
    ServiceOptions.Builder options = ServiceOptions.builder();
    if (ConsolePages.present()) {
      options.console(ConsolePages.load());
    }
    try (RespokeService service = RespokeService.start(options.build())) {
      HttpURLConnection request =
          (HttpURLConnection) service.baseUrl().resolve("/console/").toURL().openConnection();
      int wanted = ConsolePages.present() ? 200 : 404;
      if (request.getResponseCode() != wanted) {
        throw new AssertionError(request.getResponseCode());
      }
    }
    Module module = ConsolePages.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
