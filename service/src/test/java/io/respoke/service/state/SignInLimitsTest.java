package io.respoke.service.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SignInLimitsTest {
  private final SignInLimits limits = new SignInLimits();

  private void fail(String address, String account, int times) {
    for (int i = 0; i < times; i++) {
      limits.failed(address, account, 0);
    }
  }

  @Test
  void theFirstFailuresAreFree() {
    fail("a", "root", SignInLimits.FREE - 1);
    assertEquals(0, limits.wait("a", "root", 0));
    fail("a", "root", 1);
    assertEquals(1_000, limits.wait("a", "root", 0));
    fail("a", "root", 2);
    assertEquals(4_000, limits.wait("a", "root", 0));
    assertEquals(0, limits.wait("a", "root", 4_000));
  }

  @Test
  void oneAddressThatTriesManyAccountsIsSlowedDown() {
    for (int i = 0; i < 40; i++) {
      limits.failed("a", "user" + i, 0);
    }
    assertEquals(SignInLimits.ADDRESS_MILLIS, limits.wait("a", "another", 0));
    assertEquals(0, limits.wait("b", "another", 0));
  }

  @Test
  void manyAddressesThatTryOneAccountAreSlowedDownALittle() {
    for (int i = 0; i < 40; i++) {
      limits.failed("address" + i, "root", 0);
    }
    assertEquals(SignInLimits.ACCOUNT_MILLIS, limits.wait("owner", "root", 0));
    limits.succeeded("root");
    assertEquals(0, limits.wait("owner", "root", 0));
  }

  @Test
  void failuresAreForgotten() {
    fail("a", "root", SignInLimits.FREE + 3);
    long later = 60 * 60_000L;
    limits.failed("a", "root", later);
    assertEquals(0, limits.wait("a", "root", later));
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 30_000; i++) {
      limits.failed("address" + i, "user" + i, i);
    }
    assertTrue(limits.size() <= 10_000, () -> limits.size() + " remembered");
  }
}
