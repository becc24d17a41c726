package io.respoke.service;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One POST by HTTP/1.1 (RFC 9112) over a connection of its own, of whose answer only the status is
 * read. The JDK's clients keep connections, also those that they were told to close: a request may
 * be sent into the end of one, and is lost then or sent twice.
 */
final class SinglePost {
  private static final int MOST_OF_LINE = 8_192;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d ([1-9]\\d\\d)( .*)?");

  private final URI target;
  private final Socket socket = new Socket();

  /**
   * Prepares one.
   *
   * @param target an http or https URL with a host
   */
  SinglePost(URI target) {
    this.target = target;
  }

  /**
   * Sends it; to be called once. Blocks.
   *
   * @param timeoutMillis how long to wait for the connection, and for each part of the answer
   * @return the status of the answer, which is not one of 100 to 199 but for 101
   * @throws IOException also when it is ended meanwhile
   */
  int send(Map<String, String> headers, byte[] body, int timeoutMillis) throws IOException {
    boolean tls = "https".equalsIgnoreCase(target.getScheme());
    int port = target.getPort() < 0 ? (tls ? 443 : 80) : target.getPort();
    InetSocketAddress address = new InetSocketAddress(target.getHost(), port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(target.getHost());
    }
    socket.connect(address, timeoutMillis);
    socket.setSoTimeout(timeoutMillis);
    socket.setTcpNoDelay(true);
    Socket talking = tls ? secured(port) : socket;
    OutputStream out = talking.getOutputStream();
    out.write(request(headers, body));
    out.flush();
    return status(new BufferedInputStream(talking.getInputStream()));
  }

  private SSLSocket secured(int port) throws IOException {
    String host = target.getHost().replaceAll("[\\[\\]]", "");
    SSLSocket secured =
        (SSLSocket)
            HttpsURLConnection.getDefaultSSLSocketFactory().createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private byte[] request(Map<String, String> headers, byte[] body) {
    String path = target.getRawPath();
    String query = target.getRawQuery();
    StringBuilder head = new StringBuilder("POST ");
    head.append(path == null || path.isEmpty() ? "/" : path);
    head.append(query == null ? "" : "?" + query);
    head.append(" HTTP/1.1\r\nHost: ").append(target.getHost());
    head.append(target.getPort() < 0 ? "" : ":" + target.getPort());
    head.append("\r\nConnection: close\r\nContent-Length: ").append(body.length);
    headers.forEach((name, value) -> head.append("\r\n" + name + ": " + value));
    head.append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static int status(InputStream in) throws IOException {
    while (true) {
      Matcher line = STATUS.matcher(line(in));
      if (!line.matches()) {
        throw new IOException("no status");
      }
      int status = Integer.parseInt(line.group(1));
      if (status >= 200 || status == 101) {
        return status;
      }
      String ofInterimAnswer;
      do {
        ofInterimAnswer = line(in);
      } while (!ofInterimAnswer.isEmpty());
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (line.length() == MOST_OF_LINE) {
        throw new IOException("a line without end");
      }
      line.append((char) next);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  /** Ends it, also while it is being sent; to be called at last in any case. Does not block. */
  void end() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more in any case.
    }
  }
}
