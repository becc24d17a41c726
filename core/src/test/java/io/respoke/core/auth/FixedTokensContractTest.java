package io.respoke.core.auth;

import io.respoke.Token;
import io.respoke.TokenProvider;
import io.respoke.Tokens;
import io.respoke.spi.contract.TokenProviderContract;
import org.junit.jupiter.api.Nested;

/** Credentials that were handed to the client. */
class FixedTokensContractTest {
  @Nested
  class GoodForOneConnection implements TokenProviderContract {
    @Override
    public TokenProvider tokenProvider() {
      return Tokens.fixed(Token.of("t0k3n"));
    }
  }

  @Nested
  class GoodForMany implements TokenProviderContract {
    @Override
    public TokenProvider tokenProvider() {
      return Tokens.fixed(new Token(Token.Kind.APP_SECRET, "s3cr3t"));
    }
  }
}
