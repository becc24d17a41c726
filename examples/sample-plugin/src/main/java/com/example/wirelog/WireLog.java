package com.example.wirelog;

import java.lang.System.Logger.Level;

/** The log of one connection, under {@code com.example.wirelog} at level {@code DEBUG}. */
final class WireLog {
  private static final System.Logger LOG = System.getLogger("com.example.wirelog");

  private final String address;
  private final long begin = System.nanoTime();

  WireLog(String address) {
    this.address = address;
  }

  void add(String what) {
    LOG.log(Level.DEBUG, () -> address + " +" + (System.nanoTime() - begin) / 1_000_000 + " ms: " + what);
  }
}
