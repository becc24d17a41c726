package io.respoke.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown table: a column for each thing that was measured, then a row for each figure.
 *
 * @param <T> what was measured of a thing
 */
final class Table<T> {
  private record Column<T>(String name, @Nullable T measured, String otherwise) {}

  private final String title;
  private final List<Column<T>> columns = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();

  Table(String title) {
    this.title = title;
  }

  void column(String name, T measured) {
    columns.add(new Column<>(name, measured, ""));
  }

  void leftOut(String name, String why) {
    columns.add(new Column<>(name, null, "left out: " + why));
  }

  void row(String what, String format, ToDoubleFunction<T> figure) {
    rows.add(
        columns.stream()
            .map(
                column ->
                    column.measured == null
                        ? column.otherwise
                        : String.format(Locale.ROOT, format, figure.applyAsDouble(column.measured)))
            .collect(Collectors.joining(" | ", "| " + what + " | ", " |")));
  }

  /** Prints it, and gives its rows. */
  List<String> print() {
    System.out.printf(
        "%n### %s%n%n| | %s |%n|%s%n",
        title,
        columns.stream().map(Column::name).collect(Collectors.joining(" | ")),
        "---|".repeat(columns.size() + 1));
    rows.forEach(System.out::println);
    return rows;
  }
}
