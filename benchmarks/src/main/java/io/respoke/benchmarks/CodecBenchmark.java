package io.respoke.benchmarks;

import io.respoke.protocol.Frame;
import io.respoke.protocol.FrameCodec;
import io.respoke.protocol.Json;
import io.respoke.protocol.ServerEvent;
import io.respoke.protocol.ServerEventCodec;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Frame text to typed event and back, beside jakarta.json parsing and writing of the same text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private final String frame = PeerServer.message();
  private final String json = frame.substring(frame.indexOf('{'));
  private final ServerEvent event =
      ServerEventCodec.decode((Frame.Event) FrameCodec.decode(frame)).get(0);
  private final JsonValue value = Json.parse(json);
  private final JsonReaderFactory readers = JsonProvider.provider().createReaderFactory(Map.of());

  /** Frame text to typed event. */
  @Benchmark
  public List<ServerEvent> decode() {
    return ServerEventCodec.decode((Frame.Event) FrameCodec.decode(frame));
  }

  /** The same text, parsed by jakarta.json and nothing more. */
  @Benchmark
  public JsonValue decodeBaseline() {
    try (JsonReader reader = readers.createReader(new StringReader(json))) {
      return reader.readValue();
    }
  }

  /** Typed event to frame text. */
  @Benchmark
  public String encode() {
    return FrameCodec.encode(ServerEventCodec.encode(event));
  }

  /** The same value, written by jakarta.json and nothing more. */
  @Benchmark
  public String encodeBaseline() {
    return value.toString();
  }

  /** Runs these benchmarks; in a JVM of its own, whose class path JMH can hand on. */
  public static void main(String[] args) throws Exception {
    new Runner(
            new OptionsBuilder()
                .include(CodecBenchmark.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
