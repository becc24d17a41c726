package io.respoke.cdi;

import io.respoke.ClientOptions;

/**
 * A bean that adjusts the options of clients before they are made, for what no property can say.
 *
 * <p>A bean with {@link RespokeClient} is asked for that client, one without for all. It is called
 * once for each client, while the application is deployed, after the configuration was applied; so
 * it has the last word. What it throws is a deployment problem.
 */
@FunctionalInterface
public interface ClientCustomizer {
  /**
   * Adjusts options.
   *
   * @param client the client's name; empty for the default client
   * @param options what the configuration says so far
   */
  void customize(String client, ClientOptions.Builder options);
}
