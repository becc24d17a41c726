package io.respoke.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;

/** Messages from one sender to all members of a large group. */
final class FanLoad {
  private static final int AT_ONCE = 64;
  private static final int WINDOW = 4;
  private static final String GROUP = "everybody";

  /**
   * What was measured.
   *
   * @param perSecond deliveries in a second, with some messages under way
   * @param cpuMicros the server's work for one delivery
   * @param p50Millis from the sending of a message to its last delivery, when it is alone: of half
   * @param p99Millis of all but a hundredth
   */
  record Measured(double perSecond, double cpuMicros, double p50Millis, double p99Millis) {}

  private final LoadLoop load;
  private final int members;
  private final Line sender;
  private final String frame;
  private long sent;
  private long delivered;
  private Runnable onDelivered = () -> {};

  private FanLoad(LoadLoop load, Line sender, List<Line> members) {
    this.load = load;
    this.members = members.size();
    this.sender = sender;
    this.frame = sender.dialect().publish(GROUP, false);
    members.forEach(
        member ->
            member.onDelivered(
                () -> {
                  delivered++;
                  onDelivered.run();
                }));
  }

  static Measured measure(LoadedServer server, ServiceSize size) throws Exception {
    try (LoadLoop load = new LoadLoop()) {
      List<Line> members =
          load.all(
              size.members(),
              AT_ONCE,
              i ->
                  server
                      .open(load, "member" + i)
                      .compose(line -> line.request(line.dialect().join(GROUP))));
      Line sender = load.get(() -> server.open(load, "sender"));
      FanLoad fan = new FanLoad(load, sender, members);
      double[] unusedWarm = fan.alone(size.fanRounds());
      double unusedWarmToo = fan.asManyAsPossible(size.millis());
      long before = fan.delivered;
      Duration cpu = server.cpu();
      double rate = fan.asManyAsPossible(2 * size.millis());
      double micros = server.cpu().minus(cpu).toNanos() / 1e3 / (fan.delivered - before);
      double[] millis = fan.alone(size.fanRounds());
      return new Measured(
          rate, micros, Figures.quantile(millis, 0.5), Figures.quantile(millis, 0.99));
    }
  }

  /** How many milliseconds each of so many messages took to be with all, one after the other. */
  private double[] alone(int count) throws Exception {
    double[] millis = new double[count];
    return load.get(
        () -> {
          Promise<double[]> all = Promise.promise();
          long first = sent;
          long[] began = {System.nanoTime()};
          onDelivered =
              () -> {
                if (delivered == sent * members) {
                  millis[(int) (sent - first) - 1] = (System.nanoTime() - began[0]) / 1e6;
                  if (sent - first == count) {
                    all.complete(millis);
                  } else {
                    began[0] = System.nanoTime();
                    send();
                  }
                }
              };
          send();
          return all.future();
        });
  }

  /** Deliveries in a second. */
  private double asManyAsPossible(long millis) throws Exception {
    return load.get(
        () -> {
          boolean[] over = {false};
          Promise<Void> idle = Promise.promise();
          long before = delivered;
          long start = System.nanoTime();
          onDelivered =
              () -> {
                if (!over[0] && delivered >= (sent - WINDOW + 1) * members) {
                  send();
                } else if (over[0] && delivered == sent * members) {
                  idle.tryComplete();
                }
              };
          for (int i = 0; i < WINDOW; i++) {
            send();
          }
          Future<Void> end = load.after(millis);
          return end.compose(
              due -> {
                over[0] = true;
                double rate = (delivered - before) * 1e9 / (System.nanoTime() - start);
                if (delivered == sent * members) {
                  idle.tryComplete();
                }
                return idle.future().map(none -> rate);
              });
        });
  }

  private void send() {
    sent++;
    sender.send(frame);
  }
}
