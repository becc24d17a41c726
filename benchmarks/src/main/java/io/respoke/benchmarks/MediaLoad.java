package io.respoke.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Media in a worker process, in this process, and with bare webrtc-java, each in a JVM and a
 * network namespace of its own, with both ends of every call in it.
 */
final class MediaLoad {
  private MediaLoad() {}

  static void run(boolean small) throws Exception {
    Map<String, Map<String, Double>> figures = new TreeMap<>();
    for (String engine : List.of("bare", "none", "process")) {
      Map<String, Double> of = new TreeMap<>();
      for (String part : List.of("data", "setup", "audio", "video", "sequence")) {
        try (ChildProcess child =
            ChildJvm.startInNamespace(
                MediaLoad.class.getName(), engine, part, small ? "small" : "full")) {
          for (String line = child.await("figure"); !line.equals("end"); ) {
            int space = line.lastIndexOf(' ');
            of.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            line = child.await("figure");
          }
        }
      }
      figures.put(engine, of);
    }
    print("Media in a worker process", figures.get("process"), figures.get("bare"));
    print("Media in the application's process", figures.get("none"), figures.get("bare"));
  }

  private static void print(String title, Map<String, Double> ours, Map<String, Double> bare) {
    Figures.head(title);
    ours.forEach(
        (what, figure) -> {
          Double baseline = bare.get(what);
          if (baseline == null) {
            Figures.note("| %s | %,.2f | | |", what, figure);
          } else {
            Figures.note(
                "| %s | %,.2f | %,.2f | %.2f |", what, figure, baseline, figure / baseline);
          }
        });
  }

  private static final short[] HUM = new short[480];

  static {
    for (int i = 0; i < HUM.length; i++) {
      HUM[i] = (short) (8000 * Math.sin(2 * Math.PI * 440 * i / 48_000));
    }
  }

  /** Something to encode, made once: what it costs is not what is measured. */
  static void hum(short[] samples) {
    System.arraycopy(HUM, 0, samples, 0, samples.length);
  }

  /** Measures one part and says the figures. */
  public static void main(String[] args) throws Exception {
    boolean small = args[2].equals("small");
    MediaEngine engine = args[0].equals("bare") ? new BareMedia() : new OurMedia(args[0]);
    switch (args[1]) {
      case "data" -> data(engine, small ? 1 : 20);
      case "setup" -> setUp(engine, small ? 3 : 30);
      case "audio" -> audio(engine, small ? new int[] {1} : new int[] {1, 10, 30}, small ? 1 : 8);
      case "video" -> video(engine, small ? 1 : 10);
      default -> sequence(engine, small ? 5 : 300, small ? 10 : 500);
    }
    // Halted without closing: how bare webrtc-java takes that is not what is measured.
    System.out.println("figure end");
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void say(String what, double figure) {
    System.out.println("figure " + what + " " + figure);
    System.out.flush();
  }

  private static void data(MediaEngine engine, int scale) throws Exception {
    MediaEngine.Call call = engine.call(false);
    stream(call, 1000, 500 * scale); // warm
    say("data, 1 KB messages /s", Figures.median(rates(call, 1000, 1000 * scale)));
    say(
        "data, 64 KB messages, MB/s",
        Figures.median(rates(call, 65_536, 50 * scale)) * 65_536 / 1e6);
    int pings = 200 * scale;
    double[] micros = new double[pings];
    call.callee().receiver(call.callee()::send);
    byte[] ping = new byte[100];
    for (int i = 0; i < pings; i++) {
      CountDownLatch back = new CountDownLatch(1);
      call.caller().receiver(bytes -> back.countDown());
      long began = System.nanoTime();
      call.caller().send(ping);
      OurMedia.await(back);
      micros[i] = (System.nanoTime() - began) / 1e3;
    }
    Arrays.sort(micros);
    say("data, round trip p50, µs", micros[pings / 2]);
    say("data, round trip p99, µs", micros[pings * 99 / 100]);
  }

  private static double[] rates(MediaEngine.Call call, int size, int count) {
    double[] rates = new double[5];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = stream(call, size, count);
    }
    return rates;
  }

  private static double stream(MediaEngine.Call call, int size, int count) {
    CountDownLatch all = new CountDownLatch(count);
    call.callee().receiver(bytes -> all.countDown());
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      call.caller().send(new byte[size]);
    }
    OurMedia.await(all);
    return count * 1e9 / (System.nanoTime() - began);
  }

  private static void setUp(MediaEngine engine, int count) throws Exception {
    engine.call(true).hangUp().run();
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      MediaEngine.Call call = engine.call(true);
      millis[i] = call.setUpNanos() / 1e6;
      call.hangUp().run();
    }
    say("set-up of an audio call, p50, ms", Figures.median(millis));
  }

  private static void audio(MediaEngine engine, int[] sizes, int seconds) throws Exception {
    List<MediaEngine.Call> calls = new ArrayList<>();
    engine.call(true).hangUp().run();
    long fresh = Memory.now().greatest();
    say("audio, no call, MB of a worker", fresh / 1e6);
    for (int i = 0; i < 10; i++) {
      calls.add(engine.call(true));
    }
    Thread.sleep(seconds * 1000L); // compilers are to be done
    calls.forEach(call -> call.hangUp().run());
    calls.clear();
    Memory idle = Memory.now();
    for (int size : sizes) {
      while (calls.size() < size) {
        calls.add(engine.call(true));
      }
      Thread.sleep(1000);
      long heard = heard(calls);
      Duration cpu = cpu();
      long began = System.nanoTime();
      Thread.sleep(seconds * 1000L);
      double wall = (System.nanoTime() - began) / 1e9;
      double cores = cpu().minus(cpu).toNanos() / 1e9 / wall;
      String of = "audio, " + size + (size == 1 ? " call" : " calls");
      say(of + ", % of a core per call", 100 * cores / size);
      say(of + ", frames heard /s per end", (heard(calls) - heard) / wall / size / 2);
      say(of + ", MB per call", Memory.now().growth(idle, fresh) / 1e6 / size);
    }
  }

  private static long heard(List<MediaEngine.Call> calls) {
    return calls.stream().mapToLong(call -> call.caller().heard() + call.callee().heard()).sum();
  }

  private static void video(MediaEngine engine, int seconds) throws Exception {
    AtomicLong sent = new AtomicLong();
    AtomicLong seen = new AtomicLong();
    MediaEngine.Call call = engine.video(640, 480, 30, sent, seen);
    // What was sent before the path was there could not come.
    while (seen.get() < 30) {
      Thread.sleep(10);
    }
    long sentBefore = sent.get();
    long seenBefore = seen.get();
    Duration cpu = cpu();
    long began = System.nanoTime();
    Thread.sleep(seconds * 1000L);
    double wall = (System.nanoTime() - began) / 1e9;
    say("video 640x480 at 30, pictures sent", sent.get() - sentBefore);
    say("video 640x480 at 30, pictures seen", seen.get() - seenBefore);
    say("video 640x480 at 30, % of a core", 100 * cpu().minus(cpu).toNanos() / 1e9 / wall);
    call.hangUp().run();
  }

  private static void sequence(MediaEngine engine, int before, int count) throws Exception {
    for (int i = 0; i < before; i++) {
      engine.call(true).hangUp().run();
    }
    Memory idle = Memory.now();
    long fresh = idle.greatest();
    for (int i = 0; i < count; i++) {
      engine.call(true).hangUp().run();
    }
    Memory now = Memory.now();
    say("growth per call of a sequence, application, KB", now.ownGrowth(idle) / 1e3 / count);
    say(
        "growth per call of a sequence, its heap alone, KB",
        (now.alive() - idle.alive()) / 1e3 / count);
    say("growth per call of a sequence, all, KB", now.growth(idle, fresh) / 1e3 / count);
  }

  /** Of this process and those it has started. */
  private static Duration cpu() {
    ProcessHandle self = ProcessHandle.current();
    return self.descendants()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(self.info().totalCpuDuration().orElse(Duration.ZERO), Duration::plus);
  }
}
