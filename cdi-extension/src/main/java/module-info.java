/** Respoke clients as CDI beans. */
module io.respoke.cdi {
  requires transitive io.respoke;
  requires transitive jakarta.cdi;
  requires transitive jakarta.inject;
  requires static transitive org.jspecify;

  exports io.respoke.cdi;
}
