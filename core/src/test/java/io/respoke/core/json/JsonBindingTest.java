package io.respoke.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonBindingTest {
  /** What an application sends. */
  public static final class Order {
    public String item = "";
    public int count;
    public List<String> notes = new ArrayList<>();

    static Order of(String item, int count) {
      Order order = new Order();
      order.item = item;
      order.count = count;
      return order;
    }
  }

  /** What JSON-B cannot write. */
  public static final class Loop {
    public final Loop self = this;
  }

  private final JsonBinding binding = new JsonBinding(JsonBindingTest.class.getClassLoader());

  @AfterEach
  void close() {
    binding.close();
  }

  static Stream<Arguments> values() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("b", List.of("x"));
    return Stream.of(
        Arguments.of("text", "\"text\""),
        Arguments.of("", "\"\""),
        Arguments.of("{\"stays\":\"text\"}", "\"{\\\"stays\\\":\\\"text\\\"}\""),
        Arguments.of(new StringBuilder("text"), "\"text\""),
        Arguments.of(true, "true"),
        Arguments.of(false, "false"),
        Arguments.of(7, "7"),
        Arguments.of(7L, "7"),
        Arguments.of(1.5, "1.5"),
        Arguments.of(List.of("a", "b"), "[\"a\",\"b\"]"),
        Arguments.of(map, "{\"a\":1,\"b\":[\"x\"]}"),
        Arguments.of(Order.of("tea", 2), "{\"count\":2,\"item\":\"tea\",\"notes\":[]}"),
        Arguments.of(JsonValue.NULL, "null"),
        Arguments.of(Json.object().add("x", 1).build(), "{\"x\":1}"));
  }

  @Test
  void aPrimitiveTypeIsBoundAsItsWrapper() {
    assertEquals(7, binding.bind(Json.number(7), int.class));
    assertEquals(7L, binding.bind(Json.number(7), long.class));
    assertEquals(7.0, binding.bind(Json.number(7), double.class));
    assertEquals(true, binding.bind(JsonValue.TRUE, boolean.class));
    assertEquals(7, binding.bind(Json.number(7), Integer.class));
  }

  @ParameterizedTest
  @MethodSource("values")
  void anyValueIsSentAsItsJson(Object value, String json) {
    assertEquals(json, Json.write(binding.toJson(value)));
  }

  @Test
  void aJsonValueIsSentAsItIs() {
    JsonObject value = Json.object().add("x", 1).build();
    assertSame(value, binding.toJson(value));
  }

  @Test
  void nothingCannotBeSent() {
    assertThrows(NullPointerException.class, () -> binding.toJson(null));
  }

  @Test
  void whatCannotBeBoundIsAnErrorThatNamesItsClass() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> binding.toJson(new Loop()));
    assertTrue(error.getMessage().contains(Loop.class.getName()), error.getMessage());
  }

  @Test
  void objectsAreReadBackAndSoIsTextThatHoldsThem() {
    JsonValue sent = binding.toJson(Order.of("tea", 2));
    for (JsonValue value : List.of(sent, Json.string(" " + Json.write(sent)))) {
      Order order = (Order) binding.fromJson(value, Order.class);
      assertEquals("tea", order.item);
      assertEquals(2, order.count);
    }
  }

  @Test
  void textIsReadAsItselfAndEverythingElseAsItsJson() {
    assertEquals("{not json", binding.fromJson(Json.string("{not json"), String.class));
    assertEquals("{\"x\":1}", binding.fromJson(Json.parse("{\"x\":1}"), String.class));
    assertEquals("plain", JsonBinding.text(Json.string("plain")));
    assertEquals("[1]", JsonBinding.text(Json.parse("[1]")));
  }

  @Test
  void jsonTypesAndGenericTypesCanBeAskedFor() throws Exception {
    JsonValue object = Json.parse("{\"x\":1}");
    assertSame(object, binding.fromJson(object, JsonObject.class));
    assertEquals(object, binding.fromJson(Json.string("{\"x\":1}"), JsonObject.class));
    Type listOfOrders = JsonBindingTest.class.getDeclaredField("listOfOrders").getGenericType();
    List<?> orders = (List<?>) binding.fromJson(Json.parse("[{\"item\":\"a\"}]"), listOfOrders);
    assertEquals("a", ((Order) orders.get(0)).item);
  }

  @SuppressWarnings("unused") // its type is what the test asks for
  private List<Order> listOfOrders;

  @Test
  void whatDoesNotFitTheTypeIsAnError() {
    assertThrows(JsonbException.class, () -> binding.fromJson(Json.string("{broken"), Order.class));
    assertThrows(JsonbException.class, () -> binding.fromJson(Json.parse("[]"), Order.class));
  }

  @Test
  void afterClosingNothingIsBoundAndClosingAgainIsHarmless() {
    assertEquals("7", Json.write(binding.toJson(7)));
    binding.close();
    binding.close();
    assertThrows(IllegalStateException.class, () -> binding.toJson(8));
    assertEquals("\"text needs no binding\"", Json.write(binding.toJson("text needs no binding")));
  }

  @Test
  void theThreadKeepsItsContextClassLoader() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (JsonBinding other = new JsonBinding(ClassLoader.getPlatformClassLoader())) {
      try {
        other.toJson(7);
      } catch (JsonbException e) {
        assertTrue(e.getMessage() != null, "no provider is visible to that loader");
      }
    }
    assertSame(before, Thread.currentThread().getContextClassLoader());
  }
}
