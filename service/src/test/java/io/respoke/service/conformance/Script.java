package io.respoke.service.conformance;

import io.respoke.protocol.Json;
import io.respoke.service.ManualServiceClock;
import io.respoke.service.RawClient;
import io.respoke.service.RespokeService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a conversation from a file against a service: what clients send is sent as it is written,
 * what the service sends must come in the order of each client and be like what is written ({@link
 * Template}). A line is one of:
 *
 * <pre>
 * # a remark
 * http POST /v1/tokens          an HTTP request; lines with | are its headers, an empty line, its body
 * answer 200                    what it must be answered; lines with | as above, headers at least
 * A1 handshake GET /socket.io/… a handshake, whose sid becomes $A1.sid
 * A1 opens /socket.io/…         the WebSocket; A1 unmasked: from now on without masks
 * A1&gt; 5:1+::{…}                 a frame of the client
 * A1&lt; 6:::1+[{…}]              a frame of the service
 * A1 quiet                      nothing else has come
 * A1 closes                     the client ends the TCP connection
 * A1 closed 1000                the service closes the WebSocket
 * login A1 alice Respoke.js/2   all of this up to the connection, whose id becomes $A1
 * advance 25                    seconds pass
 * refuse POST /v1/tokens 503    the next such request is refused
 * limit 1                       so many requests are answered with 429
 * kick alice                    the service ends the endpoint's sockets
 * </pre>
 */
final class Script implements AutoCloseable {
  private final RespokeService service;
  private final ManualServiceClock clock;
  private final Map<String, String> values = new HashMap<>();
  private final Template template = new Template(values);
  private final Map<String, RawSocket> sockets = new LinkedHashMap<>();
  private RawSocket.Answer answer;
  private int probes = 900_000;

  Script(RespokeService service, ManualServiceClock clock) {
    this.service = service;
    this.clock = clock;
    values.put("APP", service.app().id());
    values.put("SECRET", service.app().secret());
    values.put("ACCOUNT", service.app().accountId());
  }

  void set(String name, String value) {
    values.put(name, value);
  }

  /** Plays {@code conversations/name.txt}. */
  void play(String name) {
    List<String> lines = lines(name);
    for (int i = 0; i < lines.size(); ) {
      String line = lines.get(i);
      int number = ++i;
      List<String> block = new ArrayList<>();
      while (i < lines.size() && lines.get(i).startsWith("|")) {
        block.add(lines.get(i++).replaceFirst("^\\| ?", ""));
      }
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      values.put("now", Long.toString(clock.now()));
      values.put("seconds", Long.toString(clock.now() / 1000));
      try {
        step(line, block);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(name + ":" + number + ": " + line + "\n" + e.getMessage(), e);
      }
    }
  }

  private static List<String> lines(String name) {
    try (InputStream in = Script.class.getResourceAsStream("/conversations/" + name + ".txt")) {
      if (in == null) {
        throw new IllegalArgumentException("no conversation " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(String line, List<String> block) {
    String[] words = line.split(" ", 4);
    switch (words[0]) {
      case "http" -> answer = http(words[1], words[2], block);
      case "answer" -> answered(Integer.parseInt(words[1]), block);
      case "login" -> login(words[1], words[2], words[3]);
      case "advance" -> clock.advance(Duration.ofSeconds(Long.parseLong(words[1])));
      case "refuse" ->
          service
              .hooks()
              .refuseRoute(
                  words[1],
                  words[2],
                  Integer.parseInt(words[3]),
                  Json.object().add("error", "refused").build(),
                  1);
      case "limit" -> service.hooks().rateLimitNext(Integer.parseInt(words[1]));
      case "kick" -> service.hooks().closeConnections(words[1], 1000, true);
      default -> client(line, words, block);
    }
  }

  private void client(String line, String[] words, List<String> block) {
    String name = words[0];
    if (name.endsWith(">")) {
      socket(name).send(template.fill(line.substring(name.length() + 1)));
    } else if (name.endsWith("<")) {
      String wanted = line.substring(name.length() + 1);
      String frame = socket(name).text();
      check(template.matchesFrame(wanted, frame), frame);
    } else {
      switch (words[1]) {
        case "handshake" -> handshake(name, words[2], words[3], block);
        case "opens" -> open(name, words[2], block);
        case "unmasked" -> {
          RawSocket unused = sockets.get(name).unmasked();
        }
        case "quiet" -> quiet(sockets.get(name));
        case "closes" -> sockets.remove(name).close();
        case "closed" -> {
          int code = sockets.remove(name).awaitClose();
          check(code == Integer.parseInt(words[2]), "closed with " + code);
        }
        default -> throw new IllegalArgumentException("what is " + line);
      }
    }
  }

  private RawSocket socket(String word) {
    RawSocket socket = sockets.get(word.substring(0, word.length() - 1));
    if (socket == null) {
      throw new IllegalArgumentException("who is " + word);
    }
    return socket;
  }

  private static void check(boolean fits, Object found) {
    if (!fits) {
      throw new AssertionError(found.toString());
    }
  }

  private RawSocket.Answer http(String method, String target, List<String> block) {
    try (RawSocket socket = RawSocket.to(service.baseUrl())) {
      return socket.http(method, template.fill(target), filled(block), body(block));
    }
  }

  private static Map<String, String> headers(List<String> block) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : block) {
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(": ");
      headers.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return headers;
  }

  private Map<String, String> filled(List<String> block) {
    Map<String, String> headers = headers(block);
    headers.replaceAll((name, value) -> template.fill(value));
    return headers;
  }

  private String body(List<String> block) {
    int empty = block.indexOf("");
    return empty < 0
        ? ""
        : template.fill(String.join("\n", block.subList(empty + 1, block.size())));
  }

  private void answered(int status, List<String> block) {
    check(answer.status() == status, answer);
    headers(block)
        .forEach(
            (name, value) -> {
              String found = answer.header(name);
              check(found != null && template.matches(value, found), name + ": " + found);
            });
    int empty = block.indexOf("");
    if (empty >= 0) {
      String wanted = String.join("\n", block.subList(empty + 1, block.size()));
      check(template.matchesFrame(wanted, answer.body()), answer.body());
    }
  }

  private void handshake(String name, String method, String target, List<String> block) {
    answer = http(method, target, block);
    check(answer.status() == 200, answer);
    check(template.matches("$" + name + ".sid:60:60:websocket,x", answer.body()), answer.body());
  }

  private void open(String name, String target, List<String> block) {
    RawSocket socket = RawSocket.to(service.baseUrl());
    sockets.put(name, socket);
    RawSocket.Answer opened = socket.upgrade(template.fill(target), filled(block));
    check(opened.status() == 101, opened);
  }

  private void login(String name, String endpointId, String sdk) {
    String token = RawClient.session(service, service.app(), endpointId, null);
    values.put(name + ".token", token);
    handshake(
        name,
        "GET",
        "/socket.io/1/?__sails_io_sdk_version=0.10.0&app-token="
            + token
            + "&Respoke-SDK="
            + sdk.replace(' ', '+'),
        List.of());
    open(name, "/socket.io/1/websocket/$" + name + ".sid", List.of());
    RawSocket socket = sockets.get(name);
    check(socket.text().equals("1::"), "no 1::");
    socket.send("5:1+::{\"name\":\"post\",\"args\":[{\"url\":\"/v1/connections\"}]}");
    String ack = socket.text();
    values.put(
        name,
        Json.parseArray(ack.substring("6:::1+".length()))
            .getJsonObject(0)
            .getJsonObject("body")
            .getString("id"));
  }

  private void quiet(RawSocket socket) {
    int id = probes++;
    socket.send("5:" + id + "+::{\"name\":\"get\",\"args\":[{\"url\":\"/v1/nothing\"}]}");
    String next = socket.text();
    check(next.startsWith("6:::" + id + "+"), next);
  }

  @Override
  public void close() {
    sockets.values().forEach(RawSocket::close);
    sockets.clear();
  }
}
