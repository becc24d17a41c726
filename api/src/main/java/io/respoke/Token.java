package io.respoke;

import java.util.Objects;

/**
 * A credential for one connection attempt.
 *
 * @param kind what it is
 * @param value its text; never shown by {@code toString}
 */
public record Token(Kind kind, String value) {
  /** The credentials a connection can be made with. */
  public enum Kind {
    /** A token that a broker minted: good for one attempt, exchanged for a session token. */
    TOKEN_ID,
    /** A session token (the wire's {@code App-Token}), already exchanged. */
    SESSION_TOKEN,
    /** An app's secret; needs an endpoint id in the options. For servers only. */
    APP_SECRET,
    /** An administrator's session; needs an endpoint id in the options. For servers only. */
    ADMIN_TOKEN
  }

  /** Checks the text. */
  public Token {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(value, "the text of the token is null");
    if (value.isBlank()) {
      throw new IllegalArgumentException("token must not be blank");
    }
  }

  /** A token from a broker. */
  public static Token of(String tokenId) {
    return new Token(Kind.TOKEN_ID, tokenId);
  }

  /** Whether it may be used for one attempt only. */
  public boolean isSingleUse() {
    return kind == Kind.TOKEN_ID;
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Token[" + kind + "]";
  }
}
