package io.respoke.spi.contract;

import io.respoke.spi.Transport;
import io.respoke.spi.TransportException;
import io.respoke.spi.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What each test of a transport starts with. When the test has ended it ends all that was opened,
 * and fails the test if the rules of the listener were broken or a thread is left.
 */
public final class TransportFixture {
  static final String THREAD_NAME = "contract-test";

  // Threads of the JVM and of what runs the tests, which come and go as they like.
  private static final Predicate<String> FOREIGN =
      name ->
          name.startsWith("Common-Cleaner")
              || name.startsWith("CompletableFutureDelayScheduler")
              || name.startsWith("ForkJoinPool")
              || name.startsWith("process reaper")
              || name.startsWith("junit-")
              || name.startsWith("surefire")
              || name.startsWith("Attach Listener");

  private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, THREAD_NAME + "-executor");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Opening> openings = new ArrayList<>();
  private final List<AutoCloseable> resources = new ArrayList<>();
  private final TransportContract contract;
  private final TransportProvider provider;
  private final ContractService service;

  TransportFixture(TransportContract contract) {
    this.contract = contract;
    this.provider = contract.transportProvider();
    this.service = contract.contractService();
  }

  /** An open transport and both its ends. */
  record Connection(Transport transport, RecordingListener listener, ContractPeer peer) {
    ServerPeer serverPeer() {
      return (ServerPeer) peer;
    }
  }

  TransportProvider provider() {
    return provider;
  }

  ContractService service() {
    return service;
  }

  ContractServer server() {
    return (ContractServer) service;
  }

  ExecutorService executor() {
    return executor;
  }

  /** Has something closed at the end. */
  <T extends AutoCloseable> T with(T resource) {
    resources.add(resource);
    return resource;
  }

  Opening open() {
    return open(settings -> {});
  }

  Opening open(Consumer<RequestSettings> changes) {
    return open(changes, (opening, listener) -> {});
  }

  Opening open(Consumer<RequestSettings> changes, Opening.RecordingListenerSetup setup) {
    RequestSettings settings = new RequestSettings(service.uri());
    changes.accept(settings);
    Opening opening = new Opening(provider, settings.request(executor), setup);
    openings.add(opening);
    return opening;
  }

  Connection connect() {
    return connect(settings -> {});
  }

  Connection connect(Consumer<RequestSettings> changes) {
    Opening opening = open(changes);
    opening.listener().opened();
    return new Connection(opening.transport(), opening.listener(), service.next());
  }

  /** Waits for a stage to complete. */
  static void sent(CompletionStage<Void> stage) {
    try {
      stage.toCompletableFuture().get(ContractPeer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the message was not sent", e);
    }
  }

  /** Waits for a stage to fail. */
  static TransportException failure(CompletionStage<Void> stage) {
    try {
      stage.toCompletableFuture().get(ContractPeer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransportException failure) {
        return failure;
      }
      throw new AssertionError("not a TransportException", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the stage has not ended", e);
    }
    throw new AssertionError("the message was sent");
  }

  /** Waits until something is so. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + ContractPeer.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not so within " + ContractPeer.PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The threads that the transport under test has, as far as this test has started them. */
  List<String> transportThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !threadsBefore.contains(thread) && thread.isAlive())
        .map(Thread::getName)
        .filter(name -> !name.startsWith(THREAD_NAME))
        .filter(name -> !name.startsWith(ContractServer.THREAD_NAME))
        .filter(FOREIGN.negate())
        .toList();
  }

  void end() throws Exception {
    List<String> problems = new ArrayList<>();
    try {
      for (Opening opening : openings) {
        opening.end();
        problems.addAll(opening.listener().violations());
      }
    } finally {
      for (AutoCloseable resource : resources) {
        resource.close();
      }
      service.close();
      executor.shutdown();
    }
    if (!executor.awaitTermination(ContractPeer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      problems.add("the executor of the request is still busy");
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems));
    }
    try {
      await("", () -> transportThreads().stream().allMatch(contract::isSharedThread));
    } catch (AssertionError e) {
      throw new AssertionError("threads are left: " + transportThreads(), e);
    }
  }
}
