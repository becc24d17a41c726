/** Uses the module as an application would. */
module consumer {
  requires io.respoke.cdi;

  uses jakarta.enterprise.inject.spi.Extension;
}
