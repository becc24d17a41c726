package io.respoke.benchmarks;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Clients that share one JVM, each in a group, with the waits they have by default. Says when all
 * are there; told when the service listens again, says how many milliseconds later each was back.
 */
final class RecoveringClients {
  private static final int AT_ONCE = 100;

  private RecoveringClients() {}

  /** Arguments: port, how many. */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[1]);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Queue<Long> back = new ConcurrentLinkedQueue<>();
    CountDownLatch all = new CountDownLatch(count);
    String unusedConnect = input.readLine();
    List<Client> clients = new ArrayList<>();
    for (int first = 0; first < count; first += AT_ONCE) {
      List<CompletableFuture<Client>> joining = new ArrayList<>();
      for (int i = first; i < Math.min(count, first + AT_ONCE); i++) {
        joining.add(
            connect(
                args[0],
                i,
                () -> {
                  back.add(System.currentTimeMillis());
                  all.countDown();
                }));
      }
      joining.forEach(client -> clients.add(client.join()));
    }
    say("there " + clients.size());
    long listening = Long.parseLong(input.readLine());
    if (!all.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("After five minutes " + all.getCount() + " are not back");
    }
    say(
        "back "
            + back.stream()
                .map(at -> String.valueOf(at - listening))
                .collect(Collectors.joining(" ")));
    Runtime.getRuntime().halt(0);
  }

  private static CompletableFuture<Client> connect(String port, int index, Runnable onBack) {
    String group = RecoveryLoad.group(index);
    return Respoke.connect(
            ClientOptions.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .appId(LoadedServer.APP)
                .endpointId("client" + index)
                .developmentMode(true)
                .onReconnect(
                    e -> {
                      // Without its group it is not back; the parent would wait for it in vain.
                      if (e.restored().groups().contains(group)) {
                        onBack.run();
                      }
                    })
                .build())
        .thenCompose(client -> client.join(group).thenApply(joined -> client))
        .toCompletableFuture();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
