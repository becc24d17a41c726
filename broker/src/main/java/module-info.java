/** Brokered authentication as a Jakarta REST resource. */
module io.respoke.broker {
  requires transitive io.respoke;
  requires jakarta.annotation;
  requires transitive jakarta.cdi;
  requires jakarta.inject;
  requires transitive jakarta.ws.rs;
  requires static transitive org.jspecify;

  exports io.respoke.broker;

  // The containers make and call its beans by reflection.
  opens io.respoke.broker;
}
