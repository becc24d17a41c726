package io.respoke.spi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.TokenProvider;
import io.respoke.spi.TokenProviderFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a token provider must do to be chosen by name, besides giving tokens. */
public interface TokenProviderFactoryContract extends TokenProviderContract {
  /** The name that options give. */
  String factoryName();

  /** Settings that work. */
  Map<String, String> settings();

  /** The names of the settings without which none can be made. */
  Set<String> requiredSettings();

  /** A value that is refused, for each setting that can be wrong. */
  default Map<String, String> badSettings() {
    return Map.of();
  }

  @Override
  default TokenProvider tokenProvider() {
    return factory().create(settings());
  }

  /** The one factory of the name that {@code META-INF/services} or a module offers. */
  default TokenProviderFactory factory() {
    List<TokenProviderFactory> found =
        ServiceLoader.load(TokenProviderFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(factory -> factory.name().equals(factoryName()))
            .toList();
    assertEquals(1, found.size(), () -> "factories named " + factoryName() + ": " + found);
    return found.get(0);
  }

  /** The name is fit for options, and the factory can be used here. */
  @Test
  default void isFoundUnderItsName() {
    assertTrue(factory().name().matches("[a-z0-9-]+"), factoryName());
    assertTrue(factory().isAvailable());
  }

  /** Each client gets a provider of its own. */
  @Test
  default void makesAProviderForEachClient() {
    TokenProviderFactory factory = factory();
    assertNotSame(factory.create(settings()), factory.create(settings()));
  }

  /** A setting that is missing is named, when the client is made and not when it connects. */
  @Test
  default void namesASettingThatIsMissing() {
    TokenProviderFactory factory = factory();
    for (String required : requiredSettings()) {
      Map<String, String> incomplete = new HashMap<>(settings());
      assertTrue(incomplete.remove(required) != null, "settings() lacks " + required);
      assertRefused(factory, incomplete, required);
    }
  }

  /** A setting that is wrong is named too, and no other is told. */
  @Test
  default void namesASettingThatIsWrong() {
    TokenProviderFactory factory = factory();
    badSettings()
        .forEach(
            (name, value) -> {
              Map<String, String> wrong = new HashMap<>(settings());
              wrong.put(name, value);
              assertRefused(factory, wrong, name);
            });
  }

  private void assertRefused(
      TokenProviderFactory factory, Map<String, String> settings, String culprit) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> factory.create(settings), culprit)
            .getMessage();
    assertTrue(message != null && message.contains(culprit), culprit + ": " + message);
    TokenAsking.assertNotShown(secrets(), message);
  }
}
