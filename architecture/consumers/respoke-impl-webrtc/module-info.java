/** Uses the module as the engine would. */
module consumer {
  requires io.respoke.spi;

  uses io.respoke.spi.MediaBackendProvider;
}
