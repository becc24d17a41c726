package io.respoke.examples.customtokenprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.respoke.AuthenticationException;
import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.TokenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Base64;
import java.util.concurrent.CompletionStage;

/**
 * Logs in with a user's name and password, for a token that is good for one connection. It blocks,
 * as a provider may, and keeps nothing between two connections.
 */
final class CompanyLogin implements TokenProvider {
  private static final int MOST = 4096;

  private final URI url;
  private final String user;
  private final String credentials;
  private final TokenProvider asking = TokenProvider.from(this::login);

  CompanyLogin(URI url, String user, String password) {
    this.url = url;
    this.user = user;
    credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  @Override
  public CompletionStage<Token> token(TokenRequest request) {
    return asking.token(request);
  }

  private String login(TokenRequest request) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    int millis = Math.toIntExact(request.timeout().toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Authorization", "Basic " + credentials);
    connection.setRequestMethod("POST");
    int status = connection.getResponseCode();
    if (status == 401 || status == 403) {
      // Asking again with the same password would only lock the account.
      throw new AuthenticationException(
          url.getHost() + " does not let " + user + " in (HTTP " + status + ")");
    }
    if (status != 200) {
      throw new IOException(url.getHost() + " gave no token (HTTP " + status + ")");
    }
    try (InputStream answer = connection.getInputStream()) {
      String token = new String(answer.readNBytes(MOST), UTF_8).strip();
      if (token.isEmpty()) {
        throw new IOException(url.getHost() + " answered without a token");
      }
      return token;
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "company login of " + user;
  }
}
