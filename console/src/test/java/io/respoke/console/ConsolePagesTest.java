package io.respoke.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages as they are in the jar. */
class ConsolePagesTest {
  private static HttpResponse<String> get(URI base, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(base.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theyArePresentOrMissedByName() {
    if (ConsolePages.present()) {
      assertTrue(ConsolePages.load().toString().contains("index.html"));
    } else {
      assertTrue(
          assertThrows(IllegalStateException.class, ConsolePages::load)
              .getMessage()
              .contains("-Dconsole.skip"));
    }
  }

  /** Needs the pages, which only a build with npm has. */
  @Tag("browser")
  @Test
  void thePageNamesOnlyFilesThatAreThere() throws Exception {
    try (RespokeService service =
        RespokeService.start(
            ServiceOptions.builder().console(ConsoleBrowserTest.pages()).build())) {
      String page = get(service.baseUrl(), "/console/").body();
      assertFalse(page.contains("<style"), page);
      assertFalse(page.contains("://"), page);
      Matcher names = Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"").matcher(page);
      int found = 0;
      while (names.find()) {
        found++;
        assertEquals(200, get(service.baseUrl(), "/console/" + names.group(1)).statusCode(), page);
      }
      assertEquals(3, found, page);
    }
  }
}
