/** The self-hosted, Respoke-compatible service. */
module io.respoke.service {
  requires transitive io.respoke.protocol;
  requires io.vertx.core;
  requires io.netty.codec.http;
  requires io.netty.handler;
  requires io.netty.transport;
  requires static io.vertx.codegen.api;
  requires static io.vertx.codegen.json;
  requires static transitive org.jspecify;

  exports io.respoke.service;
  exports io.respoke.service.storage;
}
