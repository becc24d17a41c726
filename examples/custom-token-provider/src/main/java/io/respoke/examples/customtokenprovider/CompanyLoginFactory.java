package io.respoke.examples.customtokenprovider;

import io.respoke.TokenProvider;
import io.respoke.spi.TokenProviderFactory;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes providers of tokens from a company's login, for {@code
 * ClientOptions.tokenProvider("company-login", settings)}. Settings: {@code url}, {@code user} and
 * {@code password}.
 */
public final class CompanyLoginFactory implements TokenProviderFactory {
  /** For {@link java.util.ServiceLoader}. */
  public CompanyLoginFactory() {}

  @Override
  public String name() {
    return "company-login";
  }

  @Override
  public TokenProvider create(Map<String, String> settings) {
    return new CompanyLogin(
        url(required(settings, "url")), required(settings, "user"), required(settings, "password"));
  }

  private static String required(Map<String, String> settings, String name) {
    @Nullable String value = settings.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("company-login needs the setting \"" + name + "\"");
    }
    return value;
  }

  private static URI url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "company-login: the setting \"url\" is no address: " + e.getMessage(), e);
    }
    if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
      throw new IllegalArgumentException(
          "company-login: the setting \"url\" must begin with http:// or https://: " + text);
    }
    return url;
  }
}
