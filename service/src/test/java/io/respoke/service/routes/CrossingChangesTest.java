package io.respoke.service.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.state.AdminSessions;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Figures;
import io.respoke.service.state.Limits;
import io.respoke.service.state.SdkProfile;
import io.respoke.service.state.Session;
import io.respoke.service.state.SessionStore;
import io.respoke.service.state.TokenStore;
import io.respoke.service.storage.Change;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that are asked for before the commit of the one before them is back on the loop. */
class CrossingChangesTest {
  private final Limits limits = Limits.of(0, 0);
  private final AppRegistry apps = new AppRegistry();
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private final HeldCommits storage = new HeldCommits();
  private final Router router =
      new Api(
              new ServiceState(
                  "account",
                  apps,
                  new TokenStore(false, limits.pendingTokens()),
                  new SessionStore(limits.sessions()),
                  new AdminSessions(Map.of(), Map.of()),
                  limits),
              new Settings(
                  Duration.ofMinutes(1),
                  Duration.ZERO,
                  "stun:127.0.0.1",
                  null,
                  Duration.ofMinutes(1),
                  Duration.ZERO,
                  Map.of()),
              new Lifecycle(Duration.ZERO),
              new Keeper(storage, new WorkingSet("account", apps, limits), loop::add),
              task -> CompletableFuture.completedFuture(task.get()),
              new NoSockets(),
              new Figures())
          .router();
  private String app;

  private static final class NoSockets implements SessionEnds {
    @Override
    public void loggedOut(Session session, Occasion at) {}

    @Override
    public void dropped(Connection connection) {}

    @Override
    public void removed(AppSpace space) {}
  }

  @BeforeEach
  void createTheApp() {
    CompletableFuture<Answer> created = call("post", "/v1/apps", "{'name':'one'}");
    commitAll();
    app = created.join().body().asJsonObject().getString("id");
  }

  /** As the dispatcher does it, for an administrator. */
  private CompletableFuture<Answer> call(String method, String path, String body) {
    Request request =
        new Request(
            method,
            path,
            JsonValue.EMPTY_JSON_OBJECT,
            Json.parseObject(body.replace('\'', '"')),
            new Caller.Administrator("root"),
            null,
            SdkProfile.OTHER,
            "127.0.0.1",
            "id",
            0,
            List.of());
    try {
      Answer answer = router.handle(request);
      return answer.later() == null
          ? CompletableFuture.completedFuture(answer)
          : answer.later().toCompletableFuture();
    } catch (Refused e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void runLoop() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }

  private void commitAll() {
    while (storage.waiting() > 0) {
      storage.commit();
      runLoop();
    }
  }

  private static int status(CompletableFuture<Answer> answer) {
    assertTrue(answer.isDone(), "not answered");
    try {
      return answer.join().status();
    } catch (CompletionException e) {
      return ((Refused) e.getCause()).answer().status();
    }
  }

  private JsonObject shown(String path) {
    return call("get", path, "{}").join().body().asJsonObject();
  }

  private long stored(Class<? extends Change> kind) {
    return storage.load().stream().filter(kind::isInstance).count();
  }

  private String role(String body) {
    CompletableFuture<Answer> created =
        call("post", "/v1/roles", "{'appId':'" + app + "'," + body + "}");
    commitAll();
    return "/v1/roles/" + created.join().body().asJsonObject().getString("id");
  }

  @Test
  void aChangeThatCrossesADeletionFindsTheAppGone() {
    CompletableFuture<Answer> deleted = call("delete", "/v1/apps/" + app, "{}");
    CompletableFuture<Answer> changed = call("put", "/v1/apps/" + app, "{'name':'x'}");
    CompletableFuture<Answer> again = call("delete", "/v1/apps/" + app, "{}");
    assertFalse(changed.isDone());
    commitAll();
    assertEquals(200, status(deleted));
    assertEquals(404, status(changed));
    assertEquals(404, status(again));
    assertNull(apps.byId(app));
    assertEquals(0, stored(Change.AppStored.class));
  }

  @Test
  void nothingOfADeletedAppIsStoredAfterwards() {
    String role = role("'name':'member'");
    CompletableFuture<Answer> deleted = call("delete", "/v1/apps/" + app, "{}");
    String path = "/v1/apps/" + app;
    List<CompletableFuture<Answer>> crossing =
        List.of(
            call("post", "/v1/roles", "{'appId':'" + app + "','name':'late'}"),
            call("put", role, "{'mediaRelay':true}"),
            call("delete", role, "{}"),
            call("put", path + "/webhook", "{'url':'https://example.test/'}"),
            call("delete", path + "/webhook", "{}"),
            call("put", path + "/push", "{'message':{'enable':true}}"));
    commitAll();
    assertEquals(200, status(deleted));
    crossing.forEach(answer -> assertEquals(404, status(answer)));
    assertEquals(List.of(), storage.load());
  }

  @Test
  void changesAtTheSameTimeDoNotLoseEachOther() {
    String role = role("'name':'member'");
    List<CompletableFuture<Answer>> answers =
        List.of(
            call("put", "/v1/apps/" + app, "{'developmentMode':true}"),
            call("put", "/v1/apps/" + app, "{'name':'x'}"),
            call("put", role, "{'mediaRelay':true}"),
            call("put", role, "{'name':'renamed'}"));
    commitAll();
    answers.forEach(answer -> assertEquals(200, status(answer)));
    JsonObject changed = shown("/v1/apps/" + app);
    assertTrue(changed.getBoolean("developmentMode"), changed::toString);
    assertEquals("x", changed.getString("name"));
    JsonObject member = shown(role);
    assertTrue(member.getBoolean("mediaRelay"), member::toString);
    assertEquals("renamed", member.getString("name"));
  }

  @Test
  void aRoleThatIsBeingDeletedIsNotMadeAnew() {
    String role = role("'name':'member'");
    CompletableFuture<Answer> deleted = call("delete", role, "{}");
    CompletableFuture<Answer> changed = call("put", role, "{'mediaRelay':true}");
    commitAll();
    assertEquals(200, status(deleted));
    assertEquals(404, status(changed));
    assertEquals(404, status(call("get", role, "{}")));
    assertEquals(0, stored(Change.RoleStored.class));
  }

  @Test
  void ofTwoNewWebhooksAtTheSameTimeOneSecretIsMade() {
    String path = "/v1/apps/" + app + "/webhook";
    CompletableFuture<Answer> one = call("put", path, "{'url':'https://one.test/'}");
    CompletableFuture<Answer> two = call("put", path, "{'url':'https://two.test/'}");
    commitAll();
    assertNotNull(one.join().body().asJsonObject().getString("secret", null));
    assertNull(two.join().body().asJsonObject().getString("secret", null));
    assertEquals("https://two.test/", shown(path).getString("url"));
  }

  @Test
  void aTokenThatIsMadeWhileItsAppIsRemovedEndsWithIt() {
    CompletableFuture<Answer> deleted = call("delete", "/v1/apps/" + app, "{}");
    String token =
        call("post", "/v1/tokens", "{'appId':'" + app + "','endpointId':'alice'}")
            .join()
            .body()
            .asJsonObject()
            .getString("tokenId");
    commitAll();
    assertEquals(200, status(deleted));
    assertEquals(401, status(call("post", "/v1/session-tokens", "{'tokenId':'" + token + "'}")));
  }

  @Test
  void afterADeletionThatFailedTheNextChangeIsMade() {
    CompletableFuture<Answer> deleted = call("delete", "/v1/apps/" + app, "{}");
    CompletableFuture<Answer> changed = call("put", "/v1/apps/" + app, "{'name':'x'}");
    storage.fail();
    runLoop();
    commitAll();
    assertEquals(503, status(deleted));
    assertEquals(200, status(changed));
    assertEquals("x", shown("/v1/apps/" + app).getString("name"));
    assertEquals(1, stored(Change.AppStored.class));
  }

  @Test
  void anotherAppDoesNotWait() {
    CompletableFuture<Answer> created = call("post", "/v1/apps", "{'name':'two'}");
    commitAll();
    String other = created.join().body().asJsonObject().getString("id");
    assertNotEquals(app, other);
    CompletableFuture<Answer> first = call("put", "/v1/apps/" + app, "{'name':'x'}");
    CompletableFuture<Answer> second = call("put", "/v1/apps/" + other, "{'name':'y'}");
    assertEquals(2, storage.waiting());
    commitAll();
    assertEquals(200, status(first));
    assertEquals(200, status(second));
  }

  @Test
  void soManyWaitAndNoMore() {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < Turns.WAITING + 2; i++) {
      answers.add(call("put", "/v1/apps/" + app, "{'description':'" + i + "'}"));
    }
    assertEquals(503, status(answers.remove(answers.size() - 1)));
    commitAll();
    answers.forEach(answer -> assertEquals(200, status(answer)));
    assertEquals(
        Integer.toString(Turns.WAITING), shown("/v1/apps/" + app).getString("description"));
  }
}
