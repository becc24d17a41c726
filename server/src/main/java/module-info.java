/** The self-hosted service as a program. */
module io.respoke.server {
  requires io.respoke.console;
  requires io.respoke.service;
  requires io.respoke.service.jdbc;
  requires static transitive org.jspecify;

  exports io.respoke.server;
}
