/**
 * What an application calls: clients, endpoints, groups, events, options, errors, administration.
 */
module io.respoke {
  requires transitive jakarta.json;
  requires transitive jakarta.json.bind;
  requires static transitive org.jspecify;

  exports io.respoke;
  exports io.respoke.event;
  exports io.respoke.bootstrap;
  exports io.respoke.media;
  exports io.respoke.webhook;

  uses io.respoke.bootstrap.ClientProvider;
}
