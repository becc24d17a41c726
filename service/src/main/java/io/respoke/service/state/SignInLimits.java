package io.respoke.service.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes guessing passwords slow: after a few failures each further one makes the next attempt wait
 * twice as long. Kept for each address and for each account, whether it exists or not. Time is an
 * argument.
 */
public final class SignInLimits {
  /** How many failures are free. */
  public static final int FREE = 5;

  /** The longest wait of an address. */
  static final long ADDRESS_MILLIS = 15 * 60_000L;

  /** The longest wait of an account: short, so that strangers cannot keep its owner out. */
  static final long ACCOUNT_MILLIS = 30_000L;

  private static final long MEMORY_MILLIS = 60 * 60_000L;
  private static final int LIMIT = 10_000;

  private static final class Failures {
    int count;
    long last;
    long until;
  }

  private final Map<String, Failures> all = new LinkedHashMap<>(16, 0.75f, true);

  /** How many milliseconds an attempt has to wait; 0 when it may be made. */
  public long wait(String address, String account, long now) {
    return Math.max(wait(addressKey(address), now), wait(accountKey(account), now));
  }

  private long wait(String key, long now) {
    Failures failures = all.get(key);
    return failures == null ? 0 : Math.max(0, failures.until - now);
  }

  /** An attempt has failed. */
  public void failed(String address, String account, long now) {
    failed(addressKey(address), ADDRESS_MILLIS, now);
    failed(accountKey(account), ACCOUNT_MILLIS, now);
  }

  private void failed(String key, long longest, long now) {
    Failures failures = all.computeIfAbsent(key, first -> new Failures());
    if (now - failures.last >= MEMORY_MILLIS) {
      failures.count = 0;
    }
    failures.count++;
    failures.last = now;
    int over = failures.count - FREE;
    if (over >= 0) {
      failures.until = now + Math.min(longest, 1_000L << Math.min(over, 20));
    }
    if (all.size() > LIMIT) {
      Iterator<Failures> oldest = all.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** An attempt was right: what was remembered of the account is forgotten. */
  public void succeeded(String account) {
    all.remove(accountKey(account));
  }

  /** How many addresses and accounts are remembered. */
  public int size() {
    return all.size();
  }

  private static String addressKey(String address) {
    return "address " + address;
  }

  private static String accountKey(String account) {
    return "account " + Ids.digest(account);
  }
}
