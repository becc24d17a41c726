/** Uses the module as a program that wraps it would. */
module consumer {
  requires io.respoke.server;
}
