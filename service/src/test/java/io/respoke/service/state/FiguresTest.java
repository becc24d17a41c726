package io.respoke.service.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.service.state.Figures.Counter;
import io.respoke.service.state.Figures.Levels;
import io.respoke.service.state.Figures.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private final Figures figures = new Figures();

  @Test
  void aSampleHoldsWhatWasCountedSinceTheOneBefore() {
    figures.count(Counter.MESSAGES);
    figures.count(Counter.MESSAGES);
    figures.sample(1_000, new Levels(3, 2, 1));
    figures.count(Counter.MESSAGES);
    figures.count(Counter.ERRORS);
    figures.sample(2_000, new Levels(0, 0, 0));
    List<Sample> samples = figures.after(0);
    assertEquals(2, samples.get(0).counts().get(Counter.MESSAGES));
    assertEquals(new Levels(3, 2, 1), samples.get(0).levels());
    assertEquals(1, samples.get(1).counts().get(Counter.MESSAGES));
    assertEquals(1, samples.get(1).counts().get(Counter.ERRORS));
    assertEquals(2_000, samples.get(1).at());
    assertEquals(3, figures.total(Counter.MESSAGES));
  }

  @Test
  void onlyTheLastMinutesAreKept() {
    for (int i = 1; i <= Figures.KEPT + 7; i++) {
      figures.sample(i * 1_000L, new Levels(0, i, 0));
    }
    List<Sample> kept = figures.after(0);
    assertEquals(Figures.KEPT, kept.size());
    assertEquals(8, kept.get(0).number());
    assertEquals(List.of(Figures.KEPT + 7L), numbers(figures.after(Figures.KEPT + 6L)));
    assertEquals(List.of(), numbers(figures.after(Figures.KEPT + 7L)));
  }

  private static List<Long> numbers(List<Sample> samples) {
    return samples.stream().map(Sample::number).toList();
  }
}
