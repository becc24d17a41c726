package io.respoke.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Properties from environment variables: {@code RESPOKE_SERVICE_TLS_KEY_STORE} is {@code
 * tls.keyStore}. No list of processes shows them.
 */
final class Environment {
  static final String PREFIX = "RESPOKE_SERVICE_";

  private static final String ADMIN = PREFIX + "ADMIN_";

  private Environment() {}

  /** The variable of a property. */
  static String variable(String property) {
    return PREFIX
        + property.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /**
   * The properties that are set in the environment. Names of administrators are lower case.
   *
   * @param names the properties there are
   * @throws IllegalArgumentException for a variable that is none of them
   */
  static Properties properties(List<String> names, Map<String, String> environment) {
    Map<String, String> known =
        names.stream().collect(Collectors.toMap(Environment::variable, Function.identity()));
    Properties found = new Properties();
    environment.forEach(
        (variable, value) -> {
          if (!variable.startsWith(PREFIX)) {
            return;
          }
          String name = known.get(variable);
          if (name == null && variable.length() > ADMIN.length() && variable.startsWith(ADMIN)) {
            name = "admin." + variable.substring(ADMIN.length()).toLowerCase(Locale.ROOT);
          }
          if (name == null) {
            throw new IllegalArgumentException(
                "the environment variable " + variable + " is no property of the service");
          }
          found.setProperty(name, value);
        });
    return found;
  }
}
