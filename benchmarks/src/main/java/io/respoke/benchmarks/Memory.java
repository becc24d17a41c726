package io.respoke.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What this process and those it has started occupy, in bytes. This one's heap must be resident
 * from the start: what is alive in it is counted, garbage is not.
 *
 * @param alive in this process's heap
 * @param outside resident in this process beside its heap
 * @param others resident in each process that it has started, by its id
 */
record Memory(long alive, long outside, Map<Long, Long> others) {

  static Memory now() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    ProcessHandle self = ProcessHandle.current();
    return new Memory(
        runtime.totalMemory() - runtime.freeMemory(),
        resident(self) - heap,
        self.descendants().collect(Collectors.toMap(ProcessHandle::pid, Memory::resident)));
  }

  /** How much this process holds more than it did. */
  long ownGrowth(Memory before) {
    return alive - before.alive + outside - before.outside;
  }

  /**
   * How much all hold more than they did.
   *
   * @param fresh what a process holds that has done nothing yet: one that is new does not count
   *     with that
   */
  long growth(Memory before, long fresh) {
    return ownGrowth(before)
        + others.entrySet().stream()
            .mapToLong(now -> now.getValue() - before.others.getOrDefault(now.getKey(), fresh))
            .sum();
  }

  /** The greatest of the other processes; 0 without any. */
  long greatest() {
    return others.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** What a process occupies; 0 when it has ended. */
  static long resident(ProcessHandle process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
    return 0;
  }
}
