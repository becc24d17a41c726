package io.respoke.core.client;

import io.respoke.ConnectionLostException;
import io.respoke.core.runtime.Failures;
import io.respoke.event.RestoreReport;
import io.respoke.event.RestoreReport.Gap;
import io.respoke.protocol.Json;
import io.respoke.protocol.Paths;
import io.respoke.protocol.ServerEvent.Pubsub;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Restores, on a new connection, what a drop had undone: own presence, groups with the messages
 * that were missed, and observed endpoints. Runs once, on the serial context; the report is given
 * when all has settled, and never when this connection is lost meanwhile: then the next one starts
 * afresh.
 */
final class SessionRestorer {
  private static final String UNPERSISTED =
      "messages that were not published with persist are not kept by the service";

  private final ClientContext context;
  private final int backfillLimit;
  private final Set<String> groups = new LinkedHashSet<>();
  private final Map<String, Throwable> refusedGroups = new LinkedHashMap<>();
  private final Map<String, Integer> backfilled = new LinkedHashMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final Set<String> observed = new LinkedHashSet<>();
  private final Map<String, Throwable> refusedObservers = new LinkedHashMap<>();
  private boolean presenceRestored = true;
  private boolean tooSlow;

  SessionRestorer(ClientContext context, int backfillLimit) {
    this.context = context;
    this.backfillLimit = backfillLimit;
  }

  /**
   * Restores.
   *
   * @param presence own presence being announced, or already there when there is none
   */
  CompletableFuture<RestoreReport> restore(CompletableFuture<Void> presence) {
    gaps.add(
        new Gap(Gap.Kind.PRIVATE_MESSAGES, "", "the service keeps no history of private messages"));
    CompletableFuture<Void> announced =
        presence.handle(
            (done, failure) -> {
              presenceRestored = failure == null;
              return null;
            });
    CompletableFuture<Void> rejoined =
        rejoin(context.groups().wanted()).thenCompose(x -> backfill()).thenRun(this::failIfTooSlow);
    CompletableFuture<Void> observing = observe(List.copyOf(context.endpoints().observed()));
    return CompletableFuture.allOf(announced, rejoined, observing)
        .thenApply(
            done ->
                new RestoreReport(
                    groups,
                    refusedGroups,
                    backfilled,
                    gaps,
                    observed,
                    refusedObservers,
                    presenceRestored));
  }

  // --- groups

  private CompletableFuture<Void> rejoin(List<DefaultGroup> wanted) {
    return allOrEach(
        wanted,
        all -> context.client().memberships().rejoin(all),
        group -> groups.add(group.id()),
        (group, refusal) -> {
          refusedGroups.put(group.id(), refusal);
          group.backlog().recover(List.of(), 1, message -> false);
          group.left();
        });
  }

  private CompletableFuture<Void> backfill() {
    List<DefaultGroup> restored = groups.stream().map(context.groups()::get).toList();
    if (restored.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (backfillLimit == 0) {
      restored.forEach(group -> release(group, "backfillLimit is 0"));
      return CompletableFuture.completedFuture(null);
    }
    JsonObject data =
        Json.object().add("groupIds", Json.strings(groups)).add("limit", backfillLimit).build();
    return context
        .request("post", Paths.GROUP_HISTORY_SEARCH, data)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                rethrowIfLost(failure);
                restored.forEach(group -> release(group, String.valueOf(failure.getMessage())));
              } else if (answer.body() instanceof JsonObject histories) {
                restored.forEach(group -> recover(group, histories));
              } else {
                restored.forEach(group -> release(group, "the answer was not understood"));
              }
              return null;
            });
  }

  /**
   * Listeners did not take what was fetched: this connection is dropped, and the next one goes on.
   */
  private void failIfTooSlow() {
    if (tooSlow) {
      throw new ConnectionLostException("Listeners are too slow", true, null);
    }
  }

  private void recover(DefaultGroup group, JsonObject histories) {
    // What this client published itself is in the history too, but was not missed.
    List<Pubsub> stored =
        History.stored(histories.getOrDefault(group.id(), JsonValue.EMPTY_JSON_ARRAY));
    Backlog.Recovery recovery =
        group
            .backlog()
            .recover(
                stored,
                backfillLimit,
                message ->
                    context.client().session().wasOwnConnection(message.header().fromConnection()));
    deliver(group, recovery);
    backfilled.put(group.id(), recovery.missed().size());
    gaps.add(new Gap(Gap.Kind.UNPERSISTED_GROUP_MESSAGES, group.id(), UNPERSISTED));
    if (!recovery.complete()) {
      gaps.add(
          new Gap(
              Gap.Kind.PERSISTED_GROUP_MESSAGES,
              group.id(),
              stored.size() < backfillLimit
                  ? "the history begins after the last message that was seen; whether the service"
                      + " keeps all in between is not known"
                  : "more than "
                      + backfillLimit
                      + " messages were missed; Group.history has the rest"));
    }
  }

  /** Without its history a group goes on with what comes live. */
  private void release(DefaultGroup group, String reason) {
    deliver(group, group.backlog().recover(List.of(), 1, message -> false));
    gaps.add(new Gap(Gap.Kind.UNPERSISTED_GROUP_MESSAGES, group.id(), UNPERSISTED));
    gaps.add(new Gap(Gap.Kind.PERSISTED_GROUP_MESSAGES, group.id(), reason));
  }

  private void deliver(DefaultGroup group, Backlog.Recovery recovery) {
    boolean taken = group.deliver(recovery.missed(), true);
    if (taken) {
      taken = group.deliver(recovery.live(), false);
    } else {
      recovery.live().forEach(message -> group.backlog().notTaken(message, true));
    }
    tooSlow |= !taken;
  }

  // --- observed endpoints

  private CompletableFuture<Void> observe(List<String> endpointIds) {
    return allOrEach(
        endpointIds,
        all -> context.client().observing().observe(all),
        observed::add,
        (id, refusal) -> {
          refusedObservers.put(id, refusal);
          context.endpoints().observed().remove(id);
        });
  }

  // --- one request for all; if the service refuses, one for each to find out which it means

  private interface Refused<T> {
    void refused(T item, Throwable refusal);
  }

  private <T> CompletableFuture<Void> allOrEach(
      List<T> items,
      Function<List<T>, CompletableFuture<Void>> request,
      Consumer<T> granted,
      Refused<T> refused) {
    if (items.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> settled = new CompletableFuture<>();
    request
        .apply(items)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                items.forEach(granted);
                settled.complete(null);
              } else if (isLost(failure)) {
                settled.completeExceptionally(failure);
              } else if (items.size() == 1) {
                refused.refused(items.get(0), Failures.unwrap(failure));
                settled.complete(null);
              } else {
                each(items, request, granted, refused)
                    .whenComplete(
                        (all, lost) -> {
                          if (lost == null) {
                            settled.complete(null);
                          } else {
                            settled.completeExceptionally(lost);
                          }
                        });
              }
            });
    return settled;
  }

  private <T> CompletableFuture<Void> each(
      List<T> items,
      Function<List<T>, CompletableFuture<Void>> request,
      Consumer<T> granted,
      Refused<T> refused) {
    CompletableFuture<?>[] all =
        items.stream()
            .map(item -> allOrEach(List.of(item), request, granted, refused))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(all);
  }

  private static void rethrowIfLost(Throwable failure) {
    if (isLost(failure)) {
      throw new CompletionException(Failures.unwrap(failure));
    }
  }

  private static boolean isLost(Throwable failure) {
    return Failures.unwrap(failure) instanceof ConnectionLostException;
  }
}
