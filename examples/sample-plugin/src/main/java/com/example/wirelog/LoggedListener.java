package com.example.wirelog;

import io.respoke.spi.CloseStatus;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportListener;

/** Logs what comes, and hands it on as it is. */
record LoggedListener(TransportListener listener, WireLog log) implements TransportListener {
  @Override
  public void onOpen() {
    log.add("open");
    listener.onOpen();
  }

  @Override
  public void onText(String text) {
    log.add("received " + text.length() + " characters");
    listener.onText(text);
  }

  @Override
  public void onClosed(CloseStatus status) {
    log.add("closed with " + status.code());
    listener.onClosed(status);
  }

  @Override
  public void onFailure(TransportException failure) {
    log.add("failed: " + failure.category());
    listener.onFailure(failure);
  }
}
