/** A JUnit extension that runs the service for tests of its clients. */
module io.respoke.service.testkit {
  requires transitive io.respoke.service;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports io.respoke.service.testkit;
}
