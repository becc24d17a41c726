package io.respoke.core.client;

import io.respoke.ConnectionLostException;
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

/**
 * Restores, on a new connection, what a drop had undone: own presence, groups with the messages
 * that were missed, and observed endpoints. Runs once, on the serial context; the report is given
 * when all has settled, and never when this connection is lost meanwhile: then the next one starts
 * afresh.
 */
final class SessionRestorer {
  private static final String UNPERSISTED =
      "messages that were not published with persist are not kept by the service";

  /** Each history has up to {@code backfillLimit} messages, and an answer must not be too long. */
  private static final int HISTORIES_AT_ONCE = 50;

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
    return RestoreRequests.run(
        context,
        wanted,
        DefaultGroup::id,
        Integer.MAX_VALUE,
        new RestoreRequests.Asking<DefaultGroup>() {
          @Override
          public boolean isWanted(DefaultGroup group) {
            return group.isWanted(); // the application may have left it meanwhile
          }

          @Override
          public CompletableFuture<Void> request(List<DefaultGroup> some) {
            return context.client().memberships().rejoin(some);
          }

          @Override
          public void granted(DefaultGroup group) {
            groups.add(group.id());
          }

          @Override
          public void refused(DefaultGroup group, Throwable refusal) {
            refusedGroups.put(group.id(), refusal);
            group.backlog().recover(List.of(), 1, message -> false);
            group.left();
          }

          @Override
          public void unknown(DefaultGroup group, Throwable failure) {
            refusedGroups.put(group.id(), failure);
            release(group, words(failure));
          }
        });
  }

  private CompletableFuture<Void> backfill() {
    List<DefaultGroup> restored = groups.stream().map(context.groups()::get).toList();
    if (backfillLimit == 0) {
      restored.forEach(group -> release(group, "backfillLimit is 0"));
      return CompletableFuture.completedFuture(null);
    }
    return RestoreRequests.run(
        context,
        restored,
        DefaultGroup::id,
        HISTORIES_AT_ONCE,
        new RestoreRequests.Asking<DefaultGroup>() {
          @Override
          public boolean isWanted(DefaultGroup group) {
            return true; // its live messages wait, whatever has become of it
          }

          @Override
          public CompletableFuture<Void> request(List<DefaultGroup> some) {
            return search(some);
          }

          @Override
          public void granted(DefaultGroup group) {}

          @Override
          public void refused(DefaultGroup group, Throwable refusal) {
            release(group, words(refusal));
          }

          @Override
          public void unknown(DefaultGroup group, Throwable failure) {
            release(group, words(failure));
          }
        });
  }

  private CompletableFuture<Void> search(List<DefaultGroup> some) {
    List<String> ids = some.stream().map(DefaultGroup::id).toList();
    JsonObject data =
        Json.object().add("groupIds", Json.strings(ids)).add("limit", backfillLimit).build();
    return context
        .request("post", Paths.GROUP_HISTORY_SEARCH, data)
        .thenAccept(
            answer -> {
              if (answer.body() instanceof JsonObject histories) {
                some.forEach(group -> recover(group, histories));
              } else {
                some.forEach(group -> release(group, "the answer was not understood"));
              }
            });
  }

  private static String words(Throwable failure) {
    return String.valueOf(failure.getMessage());
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
    Set<String> wanted = context.endpoints().observed();
    return RestoreRequests.run(
        context,
        endpointIds,
        id -> id,
        Integer.MAX_VALUE,
        new RestoreRequests.Asking<String>() {
          @Override
          public boolean isWanted(String id) {
            return wanted.contains(id);
          }

          @Override
          public CompletableFuture<Void> request(List<String> some) {
            return context.client().observing().observe(some);
          }

          @Override
          public void granted(String id) {
            observed.add(id);
          }

          @Override
          public void refused(String id, Throwable refusal) {
            refusedObservers.put(id, refusal);
            wanted.remove(id);
          }

          @Override
          public void unknown(String id, Throwable failure) {
            refusedObservers.put(id, failure);
          }
        });
  }
}
