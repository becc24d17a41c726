package io.respoke.core.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Token;
import org.junit.jupiter.api.Test;

class UsedTokensTest {
  private final UsedTokens used = new UsedTokens();

  @Test
  void aSingleUseTokenIsGoodOnce() {
    assertTrue(used.use(Token.of("a")));
    assertTrue(used.use(Token.of("b")));
    assertFalse(used.use(Token.of("a")));
    assertFalse(used.use(Token.of("a")));
  }

  @Test
  void otherCredentialsAreGoodAgainAndAgain() {
    for (Token.Kind kind : Token.Kind.values()) {
      if (kind != Token.Kind.TOKEN_ID) {
        Token token = new Token(kind, "secret");
        assertTrue(used.use(token));
        assertTrue(used.use(token));
      }
    }
  }

  @Test
  void theLatestOnesAreRememberedAndNoMore() {
    assertTrue(used.use(Token.of("first")));
    for (int i = 0; i < 31; i++) {
      assertTrue(used.use(Token.of("t" + i)));
    }
    assertFalse(used.use(Token.of("first")), "among the 32 latest");

    assertTrue(used.use(Token.of("one more")));
    assertTrue(used.use(Token.of("first")), "older ones are forgotten, so memory is bounded");
  }
}
