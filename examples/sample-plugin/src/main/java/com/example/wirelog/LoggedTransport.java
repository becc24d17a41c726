package com.example.wirelog;

import io.respoke.spi.Transport;
import java.util.concurrent.CompletionStage;

/** Logs what is sent, and how long that took. */
record LoggedTransport(Transport transport, WireLog log) implements Transport {
  @Override
  public CompletionStage<Void> send(String text) {
    long begin = System.nanoTime();
    return transport
        .send(text)
        .whenComplete(
            (sent, failure) -> {
              String outcome = failure == null ? "sent " : "could not send ";
              long micros = (System.nanoTime() - begin) / 1000;
              log.add(outcome + text.length() + " characters in " + micros + " µs");
            });
  }

  @Override
  public void close(int code, String reason) {
    log.add("closing with " + code);
    transport.close(code, reason);
  }

  @Override
  public void abort() {
    log.add("aborting");
    transport.abort();
  }
}
