package consumer;

import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.InputStream;
import java.net.HttpURLConnection;

/** It starts, answers and stops. */
class Main {
  public static void main(String[] args) throws Exception {
    try (RespokeService service =
        RespokeService.start(ServiceOptions.builder().host("127.0.0.1").port(0).build())) {
      HttpURLConnection request =
          (HttpURLConnection) service.baseUrl().resolve("/v1/nothing").toURL().openConnection();
      if (request.getResponseCode() < 400) {
        throw new AssertionError(request.getResponseCode());
      }
      try (InputStream body = request.getErrorStream()) {
        String text = new String(body.readAllBytes(), "UTF-8");
        if (!text.contains("error")) {
          throw new AssertionError(text);
        }
      }
    }
    Module module = RespokeService.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
