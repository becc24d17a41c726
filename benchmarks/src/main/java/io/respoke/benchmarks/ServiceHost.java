package io.respoke.benchmarks;

import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import io.respoke.service.jdbc.JdbcOptions;
import io.respoke.service.jdbc.JdbcStorage;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The service under load, in a JVM of its own. Arguments: port, app, its secret, and where it
 * stores: {@code memory}, a directory, or the URL of a database.
 */
final class ServiceHost {
  private ServiceHost() {}

  /** Runs until standard input ends. */
  public static void main(String[] args) throws Exception {
    // What the database's libraries say of themselves is no figure.
    Logger.getLogger("").setLevel(Level.WARNING);
    ServiceOptions.Builder options =
        ServiceOptions.builder()
            .port(Integer.parseInt(args[0]))
            .app(AppOptions.builder().id(args[1]).secret(args[2]).build())
            .noRateLimit();
    String place = args[3];
    if (place.startsWith("jdbc:")) {
      options.storage(JdbcStorage.open(JdbcOptions.url(place, null, null)));
    } else if (!place.equals("memory")) {
      options.storage(JdbcStorage.open(JdbcOptions.directory(Path.of(place))));
    }
    HostLines.obey(RespokeService.start(options.build()).port());
  }
}
