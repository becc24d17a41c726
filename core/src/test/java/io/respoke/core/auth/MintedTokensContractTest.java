package io.respoke.core.auth;

import io.respoke.AppSecretTokens;
import io.respoke.RoleRef;
import io.respoke.TokenProvider;
import io.respoke.spi.contract.RemoteTokenProviderContract;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Tokens of the service itself: with an app's secret, and in development mode. */
class MintedTokensContractTest {
  private TokenServer server;

  @BeforeEach
  void start() {
    server = TokenServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private abstract class Minting implements RemoteTokenProviderContract {
    abstract TokenProvider minting();

    private TokenProvider at(URI service) {
      return TokenServer.at(service, minting());
    }

    @Override
    public TokenProvider tokenProvider() {
      return at(server.giving());
    }

    @Override
    public TokenProvider refusedTokenProvider() {
      return at(server.refusing());
    }

    @Override
    public TokenProvider unreachableTokenProvider() {
      return at(TokenServer.nobody());
    }

    @Override
    public TokenProvider silentTokenProvider() {
      return at(server.silent());
    }
  }

  @Nested
  class WithASecret extends Minting {
    @Override
    TokenProvider minting() {
      return MintedTokens.withSecret(AppSecretTokens.of("s3cr3t", RoleRef.appDefault()));
    }

    @Override
    public List<String> secrets() {
      return List.of("s3cr3t");
    }
  }

  @Nested
  class InDevelopmentMode extends Minting {
    @Override
    TokenProvider minting() {
      return MintedTokens.developmentMode();
    }
  }
}
