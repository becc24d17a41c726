package io.respoke.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long Quarkus says that it takes to start, with an injected client and without. */
final class QuarkusStart {
  private static final Pattern STARTED = Pattern.compile(" started in ([0-9.]+)s");

  private QuarkusStart() {}

  static void run(int starts) throws IOException {
    Path with = jar("quarkus-with");
    Path without = jar("quarkus-without");
    if (!Files.exists(with) || !Files.exists(without)) {
      Figures.note(
          "%nThe start of Quarkus is not measured: -Pquarkus-start builds what is started");
      return;
    }
    double[] ours = new double[starts];
    double[] bare = new double[starts];
    for (int i = 0; i < starts; i++) {
      ours[i] = millis(with);
      bare[i] = millis(without);
    }
    Figures.head("Start of Quarkus, with an injected client and an observer, and without");
    Figures.row("median of " + starts, Figures.median(ours), Figures.median(bare), "ms");
  }

  private static Path jar(String module) {
    try {
      URI classes = QuarkusStart.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path benchmarks = Path.of(classes).getParent().getParent();
      return benchmarks.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double millis(Path jar) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder all = new StringBuilder();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          return 1000 * Double.parseDouble(started.group(1));
        }
        all.append(line).append('\n');
      }
      throw new IOException(jar + " has not started: " + all);
    } finally {
      process.destroyForcibly();
    }
  }
}
