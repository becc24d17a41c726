package io.respoke.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ServiceLoadTest {
  @Test
  void everyPartMeasuresTheServiceAndItsBaseline() throws Exception {
    List<String> rows = ServiceLoad.run(ServiceLoad.PARTS, ServiceSize.SMALL);

    assertEquals(20, rows.size());
    for (String row : rows) {
      String[] cells = row.split("\\|");
      for (int i = 2; i < cells.length; i++) {
        boolean figure = cells[i].strip().matches("-?[0-9][0-9.,]*( .*)?");
        // Node and PostgreSQL, the last columns, may be missing; nothing else may.
        assertTrue(figure || (i == cells.length - 1 && cells[i].contains("left out: ")), row);
      }
    }
  }
}
