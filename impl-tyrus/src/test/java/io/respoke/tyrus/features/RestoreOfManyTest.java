package io.respoke.tyrus.features;

import static io.respoke.tyrus.features.Stage.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.AppSecretTokens;
import io.respoke.Client;
import io.respoke.RequestRejectedException;
import io.respoke.Role;
import io.respoke.RoleRef;
import io.respoke.TokenProvider;
import io.respoke.Tokens;
import io.respoke.event.Reconnected;
import io.respoke.event.RestoreReport;
import io.respoke.service.ServiceOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("M6 more is restored than fits into one request, at the service's usual rate")
class RestoreOfManyTest {
  private static final int MANY = 1500;
  private static final int AT_ONCE = 500;
  private static final String CLOSED = "a-group-with-a-name-1234";

  private final Stage stage = new Stage(ServiceOptions.builder().build());

  @AfterEach
  void close() {
    stage.close();
  }

  private static List<String> ids(String prefix) {
    return IntStream.range(0, MANY).mapToObj(i -> prefix + i).toList();
  }

  /** Tokens of a role that allows every group, and after the first login of one that does not. */
  private TokenProvider tokens() {
    Role.Permission[] all = Role.Permission.values();
    Role open = get(stage.admin().createRole(Role.named("open").group("*", all).build()));
    Role closed =
        get(stage.admin().createRole(Role.named("closed").group("*", all).group(CLOSED).build()));
    TokenProvider before = tokens(open);
    TokenProvider after = tokens(closed);
    Set<String> used = new HashSet<>();
    return request -> (used.add("first") ? before : after).token(request);
  }

  private TokenProvider tokens(Role role) {
    return Tokens.appSecret(
        AppSecretTokens.of(stage.service.app().secret(), RoleRef.id(role.id().orElseThrow())));
  }

  @Test
  void all_but_the_group_that_was_closed_meanwhile() throws Exception {
    Client client = stage.connected(stage.options("kirk").tokenProvider(tokens()));
    List<String> groups = ids("a-group-with-a-name-");
    List<String> endpoints = ids("an-endpoint-with-a-name-");
    for (int from = 0; from < MANY; from += AT_ONCE) {
      get(client.join(groups.subList(from, from + AT_ONCE)));
      get(client.observePresence(endpoints.subList(from, from + AT_ONCE)));
    }
    CompletableFuture<Reconnected> back = new CompletableFuture<>();
    client.listen(Reconnected.class, back::complete);

    assertEquals(1, stage.service.hooks().dropConnections("kirk"));

    RestoreReport report = back.get(120, TimeUnit.SECONDS).restored();
    Set<String> open = new HashSet<>(groups);
    open.remove(CLOSED);
    assertEquals(open, report.groups());
    assertEquals(open, report.backfilled().keySet());
    assertEquals(Set.copyOf(endpoints), report.observed());
    assertEquals(Map.of(), report.refusedObservers());
    assertEquals(Set.of(CLOSED), report.refusedGroups().keySet());
    assertInstanceOf(RequestRejectedException.class, report.refusedGroups().get(CLOSED));
    assertEquals(MANY - 1, client.groups().size());
    assertTrue(client.group(groups.get(0)).isJoined());
    assertEquals(MANY, client.inspect().observed().size());
  }
}
