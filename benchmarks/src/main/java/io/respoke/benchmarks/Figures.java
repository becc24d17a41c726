package io.respoke.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Prints figures as rows of a Markdown table, and finds medians. */
final class Figures {
  private Figures() {}

  static void head(String title) {
    System.out.printf("%n### %s%n%n| | ours | baseline | ratio |%n|---|---|---|---|%n", title);
  }

  static void row(String what, double ours, double baseline, String unit) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.1f %s | %,.1f %s | %.2f |%n",
        what,
        ours,
        unit,
        baseline,
        unit,
        ours / baseline);
  }

  static void note(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The value that so great a part of all do not exceed. */
  static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
  }
}
