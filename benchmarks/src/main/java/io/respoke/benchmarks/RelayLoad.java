package io.respoke.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages from so many senders to as many receivers through one server. As many as it can, each
 * sender with a few unanswered; and at a rate that leaves it time, for how long they take.
 */
final class RelayLoad {
  private static final int WINDOW = 16;
  private static final int ROUNDS = 3;

  /** What is sent. */
  enum Traffic {
    /** Messages to an endpoint; one is done when it is there. */
    MESSAGES,
    /** Messages to a group of one; one is done when it is confirmed. */
    GROUP,
    /** The same, to be stored before they are confirmed. */
    STORED
  }

  /**
   * What was measured.
   *
   * @param perSecond messages done in a second
   * @param cpuMicros the server's work for one
   * @param p50Millis how long half of them took, at the lower rate
   * @param p99Millis how long all but a hundredth took
   */
  record Measured(double perSecond, double cpuMicros, double p50Millis, double p99Millis) {}

  private final LoadLoop load;
  private final boolean whenConfirmed;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Long> nanos = new ArrayList<>();
  private @Nullable Promise<Void> idle;
  private boolean pumping;
  private boolean timing;
  private long sent;
  private long acknowledged;
  private long delivered;

  private RelayLoad(LoadLoop load, boolean whenConfirmed) {
    this.load = load;
    this.whenConfirmed = whenConfirmed;
  }

  /**
   * Measures a server.
   *
   * @param rate messages per second where their time is taken
   */
  static Measured measure(LoadedServer server, Traffic traffic, int rate, ServiceSize size)
      throws Exception {
    try (LoadLoop load = new LoadLoop()) {
      RelayLoad relay = new RelayLoad(load, traffic != Traffic.MESSAGES);
      relay.open(server, traffic, size.pairs());
      double unusedWarm = relay.asManyAsPossible(3 * size.millis());
      double[] rates = new double[ROUNDS];
      long before = relay.delivered;
      Duration cpu = server.cpu();
      for (int i = 0; i < ROUNDS; i++) {
        rates[i] = relay.asManyAsPossible(size.millis());
      }
      double micros =
          server.cpu().minus(cpu).toNanos() / 1e3 / Math.max(1, relay.delivered - before);
      double[] millis = relay.atRate(rate, 2 * size.millis());
      return new Measured(
          Figures.median(rates),
          micros,
          Figures.quantile(millis, 0.5),
          Figures.quantile(millis, 0.99));
    }
  }

  private void open(LoadedServer server, Traffic traffic, int count) throws Exception {
    List<Line> senders = load.all(count, 8, i -> server.open(load, "sender" + i));
    List<Line> receivers =
        server.echoing()
            ? senders
            : load.all(
                count,
                8,
                i ->
                    server
                        .open(load, "receiver" + i)
                        .compose(
                            line ->
                                traffic == Traffic.MESSAGES
                                    ? Future.succeededFuture(line)
                                    : line.request(line.dialect().join("group" + i))));
    for (int i = 0; i < count; i++) {
      Dialect dialect = senders.get(i).dialect();
      String frame =
          traffic == Traffic.MESSAGES
              ? dialect.message("receiver" + i)
              : dialect.publish("group" + i, traffic == Traffic.STORED);
      Pair pair = new Pair(senders.get(i), frame);
      senders.get(i).onAcknowledged(pair::acknowledged);
      receivers.get(i).onDelivered(pair::delivered);
      pairs.add(pair);
    }
  }

  /** Messages done in a second. */
  private double asManyAsPossible(long millis) throws Exception {
    return load.get(
        () -> {
          pumping = true;
          long before = done();
          long start = System.nanoTime();
          pairs.forEach(Pair::pump);
          return load.after(millis)
              .compose(
                  over -> {
                    pumping = false;
                    double rate = (done() - before) * 1e9 / (System.nanoTime() - start);
                    return idle().map(none -> rate);
                  });
        });
  }

  /** How many milliseconds each message took. */
  private double[] atRate(int perSecond, long millis) throws Exception {
    return load.get(
        () -> {
          timing = true;
          long start = System.nanoTime();
          long before = sent;
          Runnable stop =
              load.everyMillisecond(
                  () -> {
                    long due = (System.nanoTime() - start) * perSecond / 1_000_000_000L;
                    while (sent - before < due) {
                      pairs.get((int) (sent % pairs.size())).send();
                    }
                  });
          return load.after(millis)
              .compose(
                  over -> {
                    stop.run();
                    return idle();
                  })
              .map(none -> nanos.stream().mapToDouble(took -> took / 1e6).toArray());
        });
  }

  private long done() {
    return whenConfirmed ? acknowledged : delivered;
  }

  /** Completes when all that was sent has come and is acknowledged. */
  private Future<Void> idle() {
    Promise<Void> promise = Promise.promise();
    idle = promise;
    lookIfIdle();
    return promise.future();
  }

  private void lookIfIdle() {
    Promise<Void> waiting = idle;
    if (waiting != null && sent == acknowledged && sent == delivered) {
      idle = null;
      waiting.complete();
    }
  }

  /** A sender and who gets its messages, all of them in order. */
  private final class Pair {
    private final Line sender;
    private final String frame;

    /** When each message was sent; more are never under way. */
    private final long[] sentAt = new long[1 << 14];

    private int out;
    private int answers;
    private int arrivals;

    Pair(Line sender, String frame) {
      this.sender = sender;
      this.frame = frame;
    }

    void pump() {
      while (pumping && out - answers < WINDOW) {
        send();
      }
    }

    void send() {
      sentAt[out++ % sentAt.length] = System.nanoTime();
      sent++;
      sender.send(frame);
    }

    void acknowledged() {
      if (timing && whenConfirmed) {
        nanos.add(System.nanoTime() - sentAt[answers % sentAt.length]);
      }
      answers++;
      acknowledged++;
      pump();
      lookIfIdle();
    }

    void delivered() {
      if (timing && !whenConfirmed) {
        nanos.add(System.nanoTime() - sentAt[arrivals % sentAt.length]);
      }
      arrivals++;
      delivered++;
      lookIfIdle();
    }
  }
}
