package io.respoke.examples.supportdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is who, without a service or a container. */
class SupportDeskRulesTest {
  @ParameterizedTest
  @CsvSource({
    "ada, true",
    "r2d2, true",
    "'', false",
    "Ada, false",
    "1ada, false",
    "../ada, false",
    "abcdefghijklmnopqrst, true",
    "abcdefghijklmnopqrstu, false"
  })
  void namesArePlain(String name, boolean plain) {
    assertEquals(plain, People.isName(name));
  }

  @Test
  void nobodyIsMistakenForAVisitor() {
    assertEquals(Optional.of("ada"), People.visitorNamed("visitor-ada"));
    assertEquals(Optional.empty(), People.visitorNamed("agent-ada"));
    assertEquals(Optional.empty(), People.visitorNamed("visitor-"));
    assertEquals(Optional.of("ada"), People.visitorOf("case-ada"));
    assertEquals(Optional.empty(), People.visitorOf("lobby"));
    assertEquals("ada", People.called("agent-ada"));
    assertEquals("desk", People.called("desk"));
  }

  @Test
  void aLoginIsKnownByItsIdUntilThereAreTooMany() {
    Logins logins = new Logins();
    String first = logins.add("ada");
    assertNotEquals(first, logins.add("ada"));
    assertEquals(Optional.of("ada"), logins.name(first));
    assertEquals(Optional.empty(), logins.name("ada"));
    for (int i = 2; i < Logins.LIMIT; i++) {
      logins.add("grace");
    }
    assertEquals(Optional.of("ada"), logins.name(first));
    logins.add("grace");
    assertEquals(Optional.empty(), logins.name(first));
  }
}
