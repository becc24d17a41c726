package io.respoke.examples.groupmoderator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.examples.groupmoderator.Conduct.Verdict;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConductTest {
  private final Conduct conduct = new Conduct(Set.of("troll"), 2);

  @Test
  void warnsOnceAndThenRemoves() {
    assertEquals(Verdict.WARN, conduct.judge("1", "mallory", "You TROLL!"));
    assertFalse(conduct.isBanned("mallory"));
    assertEquals(Verdict.REMOVE, conduct.judge("2", "mallory", "troll"));
    assertTrue(conduct.isBanned("mallory"));
    conduct.pardon("mallory");
    assertFalse(conduct.isBanned("mallory"));
  }

  @Test
  void judgesAMessageOnceThoughItComesLiveAndFromTheHistory() {
    assertEquals(Verdict.WARN, conduct.judge("1", "mallory", "troll"));
    assertEquals(Verdict.FINE, conduct.judge("1", "mallory", "troll"));
    assertEquals(1, conduct.strikes("mallory"));
  }

  @Test
  void looksAtWordsAndNotAtLetters() {
    assertEquals(Verdict.FINE, conduct.judge("1", "ada", "the trolley is controlled"));
  }
}
