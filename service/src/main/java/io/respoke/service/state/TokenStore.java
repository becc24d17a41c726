package io.respoke.service.state;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens that may still be exchanged. */
public final class TokenStore {
  private final boolean reusable;
  private final int limit;
  private final Map<String, Token> tokens = new HashMap<>();
  private final Map<String, Boolean> activated = new HashMap<>();

  /**
   * An empty store.
   *
   * @param reusable whether a token may be exchanged again until it expires
   * @param limit the greatest number of tokens kept
   */
  public TokenStore(boolean reusable, int limit) {
    this.reusable = reusable;
    this.limit = limit;
  }

  /** Keeps a token; false when the store is full even after expired ones have gone. */
  public boolean add(Token token, long now) {
    if (tokens.size() >= limit) {
      sweep(now);
      if (tokens.size() >= limit) {
        return false;
      }
    }
    tokens.put(token.id(), token);
    return true;
  }

  /**
   * Exchanges a token: {@code null} when it is unknown, was used, or is too old. The first exchange
   * must happen in the activation window; later ones, where allowed, until the token expires.
   */
  public @Nullable Token redeem(String id, long now) {
    String key = id.toUpperCase(Locale.ROOT);
    Token token = tokens.get(key);
    if (token == null) {
      return null;
    }
    boolean again = activated.containsKey(key);
    long until = again ? token.expiresAt() : token.activateBefore();
    if (now >= until || !reusable) {
      tokens.remove(key);
      activated.remove(key);
    } else {
      activated.put(key, true);
    }
    return now < until ? token : null;
  }

  /** Forgets what cannot be exchanged any more. */
  public void sweep(long now) {
    tokens
        .values()
        .removeIf(
            token ->
                now
                    >= (activated.containsKey(token.id())
                        ? token.expiresAt()
                        : token.activateBefore()));
    activated.keySet().retainAll(tokens.keySet());
  }

  /** Forgets those of an app. */
  public void removeAll(AppSpace space) {
    tokens.values().removeIf(token -> token.space() == space);
    activated.keySet().retainAll(tokens.keySet());
  }

  /** Forgets all. */
  public int clear() {
    int count = tokens.size();
    tokens.clear();
    activated.clear();
    return count;
  }

  /** How many are kept. */
  public int size() {
    return tokens.size();
  }
}
