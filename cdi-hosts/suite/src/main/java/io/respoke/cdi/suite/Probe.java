package io.respoke.cdi.suite;

import io.respoke.Admin;
import io.respoke.Client;
import io.respoke.cdi.RespokeClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The application under test, as its tests see it: what is injected, and what observers saw. */
@ApplicationScoped
public class Probe {
  private static final long PATIENCE_SECONDS = 20;

  @Inject Client client;

  @Inject
  @RespokeClient("sales")
  Client sales;

  @Inject Admin admin;
  @Inject PerCall perCall;

  private final Map<String, BlockingQueue<String>> seen = new ConcurrentHashMap<>();

  /** The default client. */
  public Client client() {
    return client;
  }

  /** The client with a name. */
  public Client sales() {
    return sales;
  }

  /** The administration client. */
  public Admin admin() {
    return admin;
  }

  /** Something of whatever call this is called in. */
  public PerCall perCall() {
    return perCall;
  }

  /** Notes what an observer saw. */
  public void saw(String observer, String what) {
    queue(observer).add(what);
  }

  /** The next thing that an observer saw. */
  public String next(String observer) throws InterruptedException, TimeoutException {
    String next = queue(observer).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new TimeoutException("nothing came to the observer " + observer);
    }
    return next;
  }

  /** What an observer saw and nobody has asked for. */
  public int left(String observer) {
    return queue(observer).size();
  }

  /** Forgets everything. */
  public void clear() {
    seen.clear();
  }

  private BlockingQueue<String> queue(String observer) {
    return seen.computeIfAbsent(observer, name -> new LinkedBlockingQueue<>());
  }
}
