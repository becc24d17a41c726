/** Uses the module as an application would. */
module consumer {
  requires io.respoke.service.jdbc;
}
