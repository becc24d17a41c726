/** Uses the module as an application that embeds the service would. */
module consumer {
  requires io.respoke.console;
}
