package io.respoke.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Plugin;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class ProviderSelectorTest {
  /** The kind that is looked for. */
  private static class Shape implements Plugin {
    final String name;
    final int priority;
    final boolean available;

    Shape(String name, int priority, boolean available) {
      this.name = name;
      this.priority = priority;
      this.available = available;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public boolean isAvailable() {
      return available;
    }
  }

  // Each class counts once, so that every found plug-in needs a class of its own.
  private static final class Circle extends Shape {
    Circle(int priority) {
      super("circle", priority, true);
    }
  }

  private static final class Square extends Shape {
    Square(int priority) {
      super("square", priority, true);
    }
  }

  private static final class Broken extends Shape {
    Broken() {
      super("broken", 100, false);
    }
  }

  private record Other(String name) implements Plugin {}

  private static final ClassLoader HERE = ProviderSelectorTest.class.getClassLoader();

  private static ProviderSelector<Shape> finding(Shape... found) {
    return new ProviderSelector<>(
        Shape.class, "shape", "Add io.respoke:respoke-shapes.", loader -> List.of(found));
  }

  private static Shape select(ProviderSelector<Shape> selector, String name, Plugin... explicit) {
    return selector.select(List.of(explicit), name, List.of(HERE));
  }

  @Test
  void anExplicitInstanceWinsOverEverythingFound() {
    Shape explicit = new Shape("mine", -5, false);
    assertSame(explicit, select(finding(new Circle(100)), null, new Other("x"), explicit));
  }

  @Test
  void whereAllAreUsedAnExplicitInstanceStandsForAFoundOneOfItsName() {
    Shape explicit = new Shape("circle", 0, true);
    Square square = new Square(0);
    assertEquals(
        List.of(explicit, square),
        finding(new Circle(100), square).all(List.of(explicit), List.of(HERE)));
  }

  @Test
  void ofSeveralExplicitInstancesTheHighestPriorityWinsAndEqualsAreAnError() {
    Shape low = new Shape("low", 1, true);
    Shape high = new Shape("high", 2, true);
    assertSame(high, select(finding(), null, low, high));
    assertThrows(
        IllegalStateException.class, () -> select(finding(), null, low, new Shape("too", 1, true)));
  }

  @Test
  void aNameWinsOverPriorityAndFindsExplicitAndUnavailableOnesToo() {
    Broken broken = new Broken();
    Shape explicit = new Shape("mine", 0, true);
    ProviderSelector<Shape> selector = finding(new Circle(100), new Square(0), broken);

    assertEquals("square", select(selector, "square").name());
    assertSame(explicit, select(selector, "mine", explicit));
    assertSame(broken, select(selector, "broken"), "whoever names it gets it");
  }

  @Test
  void theHighestPriorityOfTheAvailableOnesWins() {
    assertEquals(
        "square", select(finding(new Circle(1), new Square(2), new Broken()), null).name());
  }

  @Test
  void noneIsAnErrorThatNamesTheArtifactToAdd() {
    for (Shape[] found : new Shape[][] {{}, {new Broken()}}) {
      IllegalStateException error =
          assertThrows(IllegalStateException.class, () -> select(finding(found), null));
      assertEquals("No shape found. Add io.respoke:respoke-shapes.", error.getMessage());
    }
  }

  @Test
  void anUnknownNameIsAnErrorThatNamesWhatThereIs() {
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> select(finding(new Circle(0)), "triangle"));
    assertEquals(
        "No shape is named \"triangle\"; found: circle. Add io.respoke:respoke-shapes.",
        error.getMessage());
  }

  @Test
  void twoEqualsAreAnErrorThatNamesBoth() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class, () -> select(finding(new Circle(3), new Square(3)), null));
    assertTrue(error.getMessage().contains("priority 3"), error.getMessage());
    for (Class<?> one : List.of(Circle.class, Square.class)) {
      assertTrue(error.getMessage().contains(one.getName()), error.getMessage());
    }
  }

  @Test
  void whatSeveralLoadersSeeCountsOnceAndTheFirstLoaderIsAskedFirst() throws Exception {
    List<ClassLoader> asked = new ArrayList<>();
    try (URLClassLoader other = new URLClassLoader(new URL[0], HERE)) {
      Map<ClassLoader, Shape> seen = Map.of(other, new Circle(1), HERE, new Circle(1));
      ProviderSelector<Shape> selector =
          new ProviderSelector<>(
              Shape.class,
              "shape",
              "",
              loader -> {
                asked.add(loader);
                return List.of(seen.get(loader));
              });

      Shape selected = selector.select(List.of(), null, List.of(other, HERE, other));

      assertSame(seen.get(other), selected);
      assertEquals(List.of(other, HERE), asked);
    }
  }

  @Test
  void aPluginThatCannotBeLoadedIsAnErrorThatSaysSo() {
    ProviderSelector<Shape> selector =
        new ProviderSelector<>(
            Shape.class,
            "shape",
            "",
            loader -> {
              throw new ServiceConfigurationError("bad line in the file");
            });
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class, () -> selector.select(List.of(), null, List.of(HERE)));
    assertTrue(error.getMessage().contains("bad line in the file"), error.getMessage());
  }

  @Test
  void allAvailableOnesAreGivenWithTheExplicitOnesFirst() {
    Shape explicit = new Shape("mine", 0, false);
    List<String> names =
        finding(new Circle(1), new Broken(), new Square(2))
            .all(List.of(new Other("x"), explicit), List.of(HERE))
            .stream()
            .map(Plugin::name)
            .toList();
    assertEquals(List.of("mine", "circle", "square"), names);
  }
}
