package io.respoke.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkQueueTest {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private SinkQueue<String> queue(int limit, boolean broken) {
    return new SinkQueue<>(
        limit,
        tasks::add,
        frame -> {
          told.add(frame);
          if (broken) {
            throw new IllegalStateException("broken");
          }
        },
        () -> told.add("closed"),
        failure -> told.add("failed: " + failure.getMessage()));
  }

  @Test
  void theOldestIsLostAndThatIsToldOnce() {
    SinkQueue<String> queue = queue(2, false);
    List.of("1", "2", "3", "4").forEach(queue::offer);
    assertEquals(1, tasks.size());
    assertEquals(
        List.of("failed: A sink does not keep up: it loses its oldest frames when 2 wait"), told);
    runAll();
    queue.offer("5");
    runAll();
    assertEquals(List.of("3", "4", "5"), told.subList(1, told.size()));
  }

  @Test
  void itIsClosedOnceAfterTheLast() {
    SinkQueue<String> queue = queue(2, false);
    queue.offer("1");
    queue.close();
    queue.close();
    queue.offer("2");
    runAll();
    assertEquals(List.of("1", "closed"), told);
  }

  @Test
  void whatThrowsIsNotCalledAgainButClosed() {
    SinkQueue<String> queue = queue(2, true);
    queue.offer("1");
    queue.offer("2");
    runAll();
    queue.offer("3");
    queue.close();
    runAll();
    assertEquals(List.of("1", "failed: broken", "closed"), told);
  }
}
