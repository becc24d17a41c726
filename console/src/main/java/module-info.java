/** The service's console. */
module io.respoke.console {
  requires transitive io.respoke.service;
  requires static transitive org.jspecify;

  exports io.respoke.console;
}
