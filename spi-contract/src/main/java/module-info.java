/** The contract tests that every plug-in must pass, and an in-memory transport for tests. */
module io.respoke.spi.contract {
  requires transitive io.respoke.spi;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;
  requires static transitive org.jspecify;

  exports io.respoke.spi.contract;
  exports io.respoke.spi.contract.memory;
}
