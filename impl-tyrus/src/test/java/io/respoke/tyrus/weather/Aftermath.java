package io.respoke.tyrus.weather;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Cleans up after each test, and fails it when something is left: a pending request, an event that
 * nobody expected, a thread, a connection or a session at the service.
 */
final class Aftermath implements AfterEachCallback {
  /** Threads that end by themselves a few seconds after the last connection, and are few. */
  private static final Set<String> LINGERING = Set.of("respoke-tyrus-deadlines", "tyrus-jdk");

  private final List<Guest> guests = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final List<RespokeService> services = new ArrayList<>();

  /** A client that is closed and checked after the test. */
  Guest guest(ClientOptions.Builder options) {
    Guest guest = Guest.with(options);
    guests.add(guest);
    return guest;
  }

  /** A client whose listeners are the test's own business; it is closed after the test. */
  Client client(ClientOptions.Builder options) {
    Client client = Respoke.createClient(options.build());
    clients.add(client);
    return client;
  }

  /** Something to close after the clients, the last one first. */
  <T extends AutoCloseable> T closing(T resource) {
    resources.push(resource);
    return resource;
  }

  /** A service at which nothing must be left by the clients. */
  RespokeService leavingNothingAt(RespokeService service) {
    services.add(service);
    return service;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    List<Throwable> problems = new CopyOnWriteArrayList<>();
    guests.forEach(guest -> attempt(problems, guest.client::close));
    closeTogether(problems);
    guests.forEach(guest -> attempt(problems, guest::check));
    services.forEach(service -> attempt(problems, () -> nothingLeftAt(service)));
    while (!resources.isEmpty()) {
      AutoCloseable resource = resources.pop();
      attempt(problems, resource::close);
    }
    attempt(problems, Aftermath::noThreadsLeft);
    if (!problems.isEmpty() && context.getExecutionException().isEmpty()) {
      AssertionError failure = new AssertionError("after the test: " + problems.get(0));
      problems.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** Each may take as long as its logout, and there may be hundreds. */
  private void closeTogether(List<Throwable> problems) throws InterruptedException {
    List<Thread> closing =
        clients.stream().map(client -> new Thread(() -> attempt(problems, client::close))).toList();
    closing.forEach(Thread::start);
    for (Thread thread : closing) {
      thread.join(Await.PATIENCE.toMillis());
    }
  }

  private interface Check {
    void run() throws Exception;
  }

  private static void attempt(List<Throwable> problems, Check check) {
    try {
      check.run();
    } catch (Exception | AssertionError e) {
      problems.add(e);
    }
  }

  private static void nothingLeftAt(RespokeService service) {
    Await.until(
        () -> {
          ServiceSnapshot left = service.snapshot();
          return left.connections() == 0 && left.sessions() == 0 && left.sockets() == 0;
        },
        () -> "left at the service: " + service.snapshot());
  }

  private static void noThreadsLeft() {
    Await.until(() -> threads().isEmpty(), () -> "threads are left: " + threads());
  }

  private static List<String> threads() {
    return threads("respoke-").stream()
        .filter(name -> LINGERING.stream().noneMatch(name::startsWith))
        .toList();
  }

  /** The names of the live threads that begin so. */
  static List<String> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }
}
