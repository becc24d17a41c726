package io.respoke.benchmarks;

import io.respoke.protocol.CredentialKind;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServiceUri;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A server under load, in a process of its own. All listen on loopback alone. */
final class LoadedServer implements AutoCloseable {
  static final String APP = "5a5f1d52-5c0f-4b8e-9d5c-0d7c6a1b2c3d";
  static final String SECRET = "0f9a2c41-7e55-4a0b-8a34-6c3f3f9d1e22";

  private interface Opener {
    Future<Line> open(LoadLoop load, int port, String endpoint);
  }

  private final ChildProcess process;
  private final int port;
  private final Opener opener;
  private final boolean echoing;

  private LoadedServer(ChildProcess process, Opener opener, boolean echoing) throws IOException {
    this.process = process;
    this.port = Integer.parseInt(process.await("ready"));
    this.opener = opener;
    this.echoing = echoing;
  }

  /** The service, on any port, with nothing stored beyond its life. */
  static LoadedServer service() throws IOException {
    return service(0, "memory");
  }

  /**
   * The service.
   *
   * @param storage see {@link ServiceHost}
   */
  static LoadedServer service(int port, String storage) throws IOException {
    return new LoadedServer(
        ChildJvm.startTouched(
            ServiceHost.class.getName(), String.valueOf(port), APP, SECRET, storage),
        LoadedServer::login,
        false);
  }

  /** A bare Vert.x server that sends everything back. */
  static LoadedServer echo() throws IOException {
    return new LoadedServer(
        ChildJvm.startTouched(BareHost.class.getName(), "echo"),
        (load, port, endpoint) -> load.line(port, "/", new BareDialect(true)),
        true);
  }

  /** A bare Vert.x server that sends everything to all others. */
  static LoadedServer toAll() throws IOException {
    return new LoadedServer(
        ChildJvm.startTouched(BareHost.class.getName(), "all"),
        (load, port, endpoint) -> load.line(port, "/", new BareDialect(false)),
        false);
  }

  /** Socket.IO on Node, where {@link NodeHost#missing} says nothing. */
  static LoadedServer node() throws IOException {
    return new LoadedServer(
        NodeHost.start(),
        (load, port, endpoint) ->
            load.line(port, "/socket.io/?EIO=4&transport=websocket", new SocketIoDialect(endpoint)),
        false);
  }

  /** Whether a message comes back to its sender alone. */
  boolean echoing() {
    return echoing;
  }

  int port() {
    return port;
  }

  /** Opens a socket for an endpoint, logged in where there is such a thing. On the loop only. */
  Future<Line> open(LoadLoop load, String endpoint) {
    return opener.open(load, port, endpoint);
  }

  /** What a client does: a token, a session token, the handshake, the socket, the connection. */
  private static Future<Line> login(LoadLoop load, int port, String endpoint) {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    return load.http(
            HttpMethod.POST,
            port,
            Paths.TOKENS,
            Map.of("Content-Type", "application/json", "App-Secret", SECRET),
            Json.write(
                Json.object()
                    .add("appId", APP)
                    .add("endpointId", endpoint)
                    .add("ttl", 3600)
                    .build()))
        .compose(
            minted ->
                load.http(
                    HttpMethod.POST,
                    port,
                    Paths.SESSION_TOKENS,
                    json,
                    Json.write(
                        Json.object()
                            .add("tokenId", Json.parseObject(minted).getString("tokenId"))
                            .build())))
        .compose(session -> socket(load, port, Json.parseObject(session).getString("token")));
  }

  private static Future<Line> socket(LoadLoop load, int port, String token) {
    ServiceUri uri = ServiceUri.of("http://127.0.0.1:" + port);
    Map<String, String> query =
        ServiceUri.query(CredentialKind.APP_TOKEN, token, RespokeDialect.SDK);
    return load.http(HttpMethod.GET, port, pathOf(uri.handshake(query)), Map.of(), "")
        .compose(
            handshake ->
                load.line(
                    port,
                    pathOf(uri.webSocket(handshake.substring(0, handshake.indexOf(':')), query)),
                    new RespokeDialect(token)));
  }

  private static String pathOf(URI uri) {
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  /** How long processors have worked for it. */
  Duration cpu() {
    return process.cpu();
  }

  /** What it needs of memory, without garbage, in bytes. */
  long memory() throws IOException {
    process.say("memory");
    return Long.parseLong(process.await("memory"));
  }

  /** What it occupies of memory, in bytes. */
  long resident() {
    return process.resident();
  }

  @Override
  public void close() {
    process.close();
  }
}
