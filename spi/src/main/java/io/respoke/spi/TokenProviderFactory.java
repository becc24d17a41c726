package io.respoke.spi;

import io.respoke.Plugin;
import io.respoke.TokenProvider;
import java.util.Map;

/** Makes token providers from settings, for {@code ClientOptions.tokenProvider(name, settings)}. */
public interface TokenProviderFactory extends Plugin {
  /**
   * Makes a provider. Called once for each client.
   *
   * @param settings the settings of the options
   * @throws IllegalArgumentException if a setting is missing or bad, naming it and what is allowed
   */
  TokenProvider create(Map<String, String> settings);
}
