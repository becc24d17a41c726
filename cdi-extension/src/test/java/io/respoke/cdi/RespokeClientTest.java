package io.respoke.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Qualifier;
import org.junit.jupiter.api.Test;

class RespokeClientTest {
  @RespokeClient private static final Object DEFAULT = new Object();

  @RespokeClient("support")
  private static final Object SUPPORT = new Object();

  @Test
  void isAQualifierThatIsThereAtRunTime() throws Exception {
    assertTrue(RespokeClient.class.isAnnotationPresent(Qualifier.class));
    assertEquals("support", written("SUPPORT").value());
  }

  @Test
  void withoutANameItMeansTheDefaultClient() throws Exception {
    assertEquals(RespokeClient.Literal.DEFAULT, written("DEFAULT"));
    assertEquals(RespokeClient.Literal.DEFAULT, RespokeClient.Literal.of(""));
  }

  @Test
  void aLiteralEqualsTheAnnotationAsWrittenWithTheSameNameOnly() throws Exception {
    RespokeClient support = written("SUPPORT");
    assertEquals(RespokeClient.Literal.of("support"), support);
    assertEquals(support, RespokeClient.Literal.of("support"));
    assertEquals(support.hashCode(), RespokeClient.Literal.of("support").hashCode());
    assertNotEquals(RespokeClient.Literal.of("sales"), support);
  }

  @Test
  void aLiteralNeedsAName() {
    assertThrows(NullPointerException.class, () -> RespokeClient.Literal.of(null));
  }

  private static RespokeClient written(String field) throws NoSuchFieldException {
    RespokeClient annotation =
        RespokeClientTest.class.getDeclaredField(field).getAnnotation(RespokeClient.class);
    assertNotNull(annotation);
    return annotation;
  }
}
