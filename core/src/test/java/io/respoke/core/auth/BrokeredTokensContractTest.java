package io.respoke.core.auth;

import io.respoke.BrokerTokens;
import io.respoke.TokenProvider;
import io.respoke.spi.contract.RemoteTokenProviderContract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class BrokeredTokensContractTest implements RemoteTokenProviderContract {
  private TokenServer server;

  @BeforeEach
  void start() {
    server = TokenServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static TokenProvider broker(URI url) {
    return new BrokeredTokens(
        new BrokerTokens(url, () -> Map.of("Authorization", "Bearer s3cr3t")));
  }

  @Override
  public List<String> secrets() {
    return List.of("s3cr3t");
  }

  @Override
  public TokenProvider tokenProvider() {
    return broker(server.giving());
  }

  @Override
  public TokenProvider refusedTokenProvider() {
    return broker(server.refusing());
  }

  @Override
  public TokenProvider unreachableTokenProvider() {
    return broker(TokenServer.nobody());
  }

  @Override
  public TokenProvider silentTokenProvider() {
    return broker(server.silent());
  }
}
