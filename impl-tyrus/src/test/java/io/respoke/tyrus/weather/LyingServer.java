package io.respoke.tyrus.weather;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * A service by hand, on plain sockets: it tells the truth at every step of a login until a test
 * lets it lie at one. It has a thread for itself and one for each connection; {@link #close()} ends
 * them.
 */
final class LyingServer implements AutoCloseable {
  /** The steps of a login, in their order. */
  enum Step {
    /** {@code POST /v1/tokens}. */
    MINT,
    /** {@code POST /v1/session-tokens}. */
    SESSION,
    /** {@code GET /socket.io/1/}. */
    HANDSHAKE,
    /** The WebSocket's upgrade. */
    UPGRADE,
    /** The first frame, {@code 1::}. */
    GREETING,
    /** {@code post /v1/connections}, over the socket. */
    REGISTER
  }

  /** An HTTP request. */
  record Request(String method, String target, Map<String, String> headers, String body) {}

  /** What is done instead of answering an HTTP request. */
  interface Lie {
    /** Says something else; the connection is closed afterwards. */
    void tell(Request request, Socket socket) throws IOException, InterruptedException;
  }

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String THREAD_NAME = "lying-server";

  private final ServerSocket listening;
  private final boolean tls;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Map<Step, Lie> lies = new ConcurrentHashMap<>();
  private final BlockingQueue<LyingSocket> webSockets = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile String handshake = "60:60:websocket";
  private volatile LyingSocket.Greeting greeting = socket -> socket.send("1::");
  private volatile LyingSocket.Answers answers = LyingServer::truth;

  private LyingServer(ServerSocketFactory factory, boolean tls) {
    this.tls = tls;
    try {
      listening = factory.createServerSocket();
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("accept", this::accept);
  }

  static LyingServer start() {
    return new LyingServer(ServerSocketFactory.getDefault(), false);
  }

  /** A server with TLS. */
  static LyingServer start(ServerSocketFactory tls) {
    return new LyingServer(tls, true);
  }

  String baseUrl() {
    return (tls ? "https" : "http") + "://127.0.0.1:" + listening.getLocalPort();
  }

  int port() {
    return listening.getLocalPort();
  }

  // --- lies

  /** From now on lies at this step, which is one of HTTP. */
  LyingServer at(Step step, Lie lie) {
    lies.put(step, lie);
    return this;
  }

  /** Whether it lies at this step. */
  boolean lies(Step step) {
    return lies.containsKey(step);
  }

  /** Tells nothing but the truth from now on. */
  LyingServer honest() {
    lies.clear();
    greeting = socket -> socket.send("1::");
    answers = LyingServer::truth;
    return this;
  }

  /** Tells the truth again at this step. */
  LyingServer honestAt(Step step) {
    lies.remove(step);
    return this;
  }

  /** What the handshake says after the session id. */
  LyingServer handshake(String text) {
    handshake = text;
    return this;
  }

  /** What is done when a WebSocket has opened. */
  LyingServer greeting(LyingSocket.Greeting greeting) {
    this.greeting = greeting;
    return this;
  }

  /** How requests over the socket are answered. */
  LyingServer answers(LyingSocket.Answers answers) {
    this.answers = answers;
    return this;
  }

  /** Answers with a status, a type and a body. */
  static Lie answer(int status, String type, String body) {
    return (request, socket) -> write(socket, status, type, body);
  }

  /** Answers with a status and a JSON body, as a service does. */
  static Lie status(int status) {
    return answer(status, "application/json", "{\"error\":\"no luck\"}");
  }

  /** Does not answer, and keeps the connection open. */
  static Lie silence() {
    return (request, socket) -> {
      int unused = socket.getInputStream().read();
    };
  }

  /** Closes the connection without an answer. */
  static Lie hangUp() {
    return (request, socket) -> {};
  }

  /** Answers with something that is not HTTP. */
  static Lie garbage() {
    return (request, socket) -> write(socket, "SSH-2.0-garbage\r\n\r\n");
  }

  /** Begins an answer and stops in the middle. */
  static Lie half() {
    return (request, socket) ->
        write(
            socket,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
  }

  /** Begins an answer, and keeps the connection open. */
  static Lie stalled() {
    return (request, socket) -> {
      half().tell(request, socket);
      silence().tell(request, socket);
    };
  }

  // --- what came

  /** The next WebSocket; fails the test when there is none. */
  LyingSocket next() {
    return take(webSockets, "no WebSocket was opened");
  }

  /** What came next: {@code POST /v1/tokens}, {@code ws post /v1/connections}, {@code ws 0::}, … */
  String nextInLog() {
    return take(log, "nothing more came");
  }

  BlockingQueue<String> log() {
    return log;
  }

  /** How many TCP connections are open. */
  int connections() {
    return sockets.size();
  }

  private static <T> T take(BlockingQueue<T> queue, String words) {
    try {
      T taken = queue.poll(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (taken == null) {
        throw new AssertionError(words);
      }
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  // --- the truth

  /** The answer of a good service to a request over the socket. */
  static String truth(LyingSocket.Ask ask) {
    return ask.name().equals("post /v1/connections")
        ? ask.ok("{\"id\":\"con-" + ask.id() + "\",\"endpointId\":\"joe\"}")
        : ask.ok("{}");
  }

  private void answer(Request request, Socket socket) throws IOException, InterruptedException {
    Step step = step(request);
    Lie lie = step == null ? null : lies.get(step);
    if (lie != null) {
      lie.tell(request, socket);
      return;
    }
    String path = request.target().replaceAll("\\?.*", "");
    if (step == Step.UPGRADE) {
      upgrade(request, socket);
    } else if (step == Step.HANDSHAKE) {
      write(socket, 200, "text/plain", "sid-" + ids.incrementAndGet() + ":" + handshake);
    } else if (step == Step.MINT) {
      write(socket, 200, "application/json", object("tokenId", "minted-token-"));
    } else if (step == Step.SESSION) {
      write(socket, 200, "application/json", object("token", "session-token-"));
    } else if (request.method().equals("DELETE") && path.equals("/v1/session-tokens")) {
      write(socket, 200, "application/json", "{}");
    } else {
      write(socket, 404, "application/json", "{\"error\":\"no such route\"}");
    }
  }

  private String object(String name, String prefix) {
    JsonObject object =
        Json.createObjectBuilder().add(name, prefix + ids.incrementAndGet()).build();
    return object.toString();
  }

  private static Step step(Request request) {
    String path = request.target().replaceAll("\\?.*", "");
    if (path.startsWith("/socket.io/1/websocket/")) {
      return Step.UPGRADE;
    }
    return switch (request.method() + " " + path) {
      case "POST /v1/tokens" -> Step.MINT;
      case "POST /v1/session-tokens" -> Step.SESSION;
      case "GET /socket.io/1/" -> Step.HANDSHAKE;
      default -> null;
    };
  }

  private void upgrade(Request request, Socket socket) throws IOException, InterruptedException {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (request.headers().get("Sec-WebSocket-Key") + GUID)
                      .getBytes(StandardCharsets.ISO_8859_1));
      write(
          socket,
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(hash)
              + "\r\n\r\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    LyingSocket webSocket = new LyingSocket(socket, log, ask -> answers.answer(ask));
    webSockets.add(webSocket);
    greeting.greet(webSocket);
    webSocket.read();
  }

  // --- HTTP by hand

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        start("connection", () -> serve(socket));
      } catch (IOException e) {
        // Closed, or one TLS handshake failed: the loop's condition knows.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      Request request = read(new DataInputStream(socket.getInputStream()));
      if (request != null) {
        log.add(request.method() + " " + request.target().replaceAll("\\?.*", ""));
        answer(request, socket);
      }
    } catch (IOException e) {
      // The client or the test ended the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  private static Request read(DataInputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        return null; // no HTTP: TLS, most likely
      }
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    byte[] body = new byte[Integer.parseInt(headers.getOrDefault("Content-Length", "0"))];
    in.readFully(body);
    String[] words = first.split(" ");
    return new Request(words[0], words[1], headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private static void write(Socket socket, int status, String type, String body)
      throws IOException {
    write(
        socket,
        "HTTP/1.1 "
            + status
            + " Whatever\r\nConnection: close\r\nRequest-Id: request-"
            + status
            + "\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body);
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void start(String what, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            THREAD_NAME + "-" + what);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.forEach(Thread::interrupt);
    Await.until(threads::isEmpty, () -> "threads of the server are left: " + threads);
  }
}
