package io.respoke.examples.interop.driver;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A coturn of the test's own, with a secret that it shares with the service. */
public final class TurnServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final InetSocketAddress address;

  private TurnServer(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one on an address that is not loopback; its files go to {@code folder}. */
  public static TurnServer start(String secret, Path folder) throws IOException {
    String host = host();
    int port;
    try (ServerSocket free = new ServerSocket()) {
      free.bind(new InetSocketAddress(host, 0));
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                RealClients.found("coturn", Installation.turnServer()).toString(),
                "-n",
                "--verbose",
                "--use-auth-secret",
                "--static-auth-secret=" + secret,
                "--realm=respoke.example",
                "--listening-ip=" + host,
                "--relay-ip=" + host,
                "--listening-port=" + port,
                "--no-tls",
                "--no-dtls",
                "--no-cli",
                "--log-file=stdout",
                "--pidfile=" + folder.resolve("pid"),
                "--userdb=" + folder.resolve("users"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("turnserver.txt").toFile())
            .start();
    TurnServer server = new TurnServer(process, new InetSocketAddress(host, port));
    server.awaitListening(folder.resolve("turnserver.txt"));
    return server;
  }

  private static String host() throws IOException {
    List<String> hosts =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .map(address -> address.getHostAddress())
            .toList();
    if (hosts.isEmpty()) {
      throw new AssertionError("there is no address but loopback: see media-namespace.sh");
    }
    return hosts.get(0);
  }

  private void awaitListening(Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1000);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new AssertionError("turnserver does not listen: " + Files.readString(log), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  /** Where it is, as the service tells it. */
  public String uri() {
    return "turn:" + address.getHostString() + ":" + address.getPort() + "?transport=udp";
  }

  @Override
  public void close() {
    process.destroy();
  }
}
