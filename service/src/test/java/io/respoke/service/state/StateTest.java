package io.respoke.service.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The objects that know, without any network. */
class StateTest {
  private static final Limits LIMITS = Limits.of(0, 0);
  private final AppSpace space = new AppSpace(app("app", "secret", List.of()), LIMITS);

  private static App app(String id, String secret, List<String> domains) {
    return new App(
        id, Ids.digest(secret), "name", "", "account", true, domains, true, "D", "V", 0, 0, 0);
  }

  private Token token(String id, long activateBefore, long expiresAt) {
    return new Token(id, space, "alice", "role", null, false, 0, expiresAt, activateBefore);
  }

  private Connection connection(String endpointId) {
    return new Connection(
        space,
        endpointId,
        new ConnectionTraits(SdkProfile.OTHER, "web", null, "127.0.0.1", false, false),
        frame -> {});
  }

  @Test
  void aTokenIsRedeemedOnceInItsWindow() {
    TokenStore store = new TokenStore(false, 10);
    store.add(token("A", 100, 1_000), 0);
    store.add(token("B", 100, 1_000), 0);
    assertNotNull(store.redeem("a", 99));
    assertNull(store.redeem("A", 99));
    assertNull(store.redeem("B", 100));
    assertNull(store.redeem("C", 0));
    assertEquals(0, store.size());
  }

  @Test
  void aReusableTokenIsGoodUntilItExpiresOnceItWasActivated() {
    TokenStore store = new TokenStore(true, 10);
    store.add(token("A", 100, 1_000), 0);
    store.add(token("B", 100, 1_000), 0);
    assertNotNull(store.redeem("A", 50));
    store.sweep(500);
    assertEquals(1, store.size());
    assertNotNull(store.redeem("A", 999));
    assertNull(store.redeem("A", 1_000));
    assertNull(store.redeem("B", 500));
  }

  @Test
  void aFullTokenStoreMakesRoomByForgettingTheExpired() {
    TokenStore store = new TokenStore(false, 1);
    assertTrue(store.add(token("A", 100, 1_000), 0));
    assertFalse(store.add(token("B", 100, 1_000), 50));
    assertTrue(store.add(token("B", 300, 1_000), 100));
  }

  @Test
  void aSessionEndsAtItsTime() {
    SessionStore store = new SessionStore(1);
    Session session = store.open(token("A", 1, 1_000));
    assertNotNull(session);
    assertNull(store.open(token("B", 1, 1_000)));
    assertEquals(session, store.find(session.token().toLowerCase(), 999));
    assertNull(store.find(session.token(), 1_000));
    assertEquals(List.of(session), store.expire(1_000));
    assertEquals(0, store.size());
  }

  @Test
  void theRateLimitIsABucketThatRefills() {
    RateLimiter limiter = new RateLimiter(10, 20);
    for (int i = 19; i >= 0; i--) {
      RateLimiter.Verdict verdict = limiter.take("a", 0);
      assertTrue(verdict.allowed());
      assertEquals(i, verdict.remaining());
    }
    assertFalse(limiter.take("a", 99).allowed());
    assertTrue(limiter.take("b", 99).allowed());
    assertTrue(limiter.take("a", 100).allowed());
    assertFalse(limiter.take("a", 50).allowed());
    assertEquals(19, limiter.take("a", 1_000_000).remaining());
    limiter.sweep(2_000_000);
    assertEquals(0, limiter.size());
  }

  @Test
  void noLimitAllowsEverything() {
    RateLimiter limiter = new RateLimiter(0, 0);
    assertTrue(IntStream.range(0, 1_000).allMatch(i -> limiter.take("a", 0).allowed()));
    assertEquals(0, limiter.size());
  }

  @Test
  void anAppIsFoundByIdInAnyCaseAndByItsSecretOnly() {
    AppRegistry apps = new AppRegistry();
    AppSpace one = apps.put(app("Id-1", "s1", List.of()), LIMITS);
    assertEquals(one, apps.byId("id-1"));
    assertEquals(one, apps.bySecret("s1"));
    assertNull(apps.bySecret("S1"));
    assertThrows(
        IllegalArgumentException.class, () -> apps.put(app("id-2", "s1", List.of()), LIMITS));
    assertSame(one, apps.put(app("ID-1", "s2", List.of()), LIMITS));
    assertEquals(List.of(one), List.copyOf(apps.all()));
    assertNull(apps.bySecret("s1"));
    assertSame(one, apps.bySecret("s2"));
    apps.remove(one);
    assertNull(apps.bySecret("s2"));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, https://example.com, true",
    "example.com, https://www.EXAMPLE.com:8443, true",
    "example.com, https://badexample.com, false",
    "example.com, null, false",
    "https://example.com:8443, https://example.com:8443, true",
    "https://example.com:8443, https://example.com, false",
    "example.com, not a url, false"
  })
  void permittedDomainsIncludeSubdomains(String domain, String origin, boolean permitted) {
    assertEquals(permitted, app("a", "s", List.of(domain)).permits(origin));
    assertTrue(app("a", "s", List.of()).permits(origin));
    assertTrue(app("a", "s", List.of(domain)).permits(null));
  }

  @Test
  void aReadMarkNeverGoesBack() {
    Conversations conversations = new Conversations();
    conversations.read("alice", "room", 5);
    conversations.read("alice", "room", 3);
    conversations.read("alice", "room", 0);
    assertEquals(5, conversations.mark("alice", "room"));
    assertEquals(List.of("room"), conversations.of("alice"));
    conversations.drop("alice", "room");
    assertEquals(List.of(), conversations.of("alice"));
  }

  @Test
  void observersAreForgottenWhenTheirEndpointDoesNotComeBack() {
    PresenceBoard board = new PresenceBoard(2);
    assertTrue(board.observe("alice", Set.of("bob", "carol")));
    assertTrue(board.observe("alice", Set.of("bob")));
    assertFalse(board.observe("alice", Set.of("dave")));
    assertEquals(Set.of("alice"), board.observersOf("bob"));
    board.forgetAt("alice", 100);
    board.keep("alice");
    board.sweep(200);
    assertEquals(2, board.size());
    board.forgetAt("alice", 300);
    board.sweep(299);
    assertEquals(2, board.size());
    board.sweep(300);
    assertEquals(0, board.size());
    assertEquals(Set.of(), board.observersOf("bob"));
  }

  @Test
  void aGroupLivesFromItsFirstMemberToItsLast() {
    GroupDirectory groups = new GroupDirectory(0);
    Connection alice = connection("alice");
    Connection bob = connection("bob");
    assertTrue(groups.join("room", alice));
    assertFalse(groups.join("room", alice));
    assertTrue(groups.join("room", bob));
    assertEquals(List.of(alice, bob), List.copyOf(groups.members("room")));
    assertEquals(Set.of("room"), alice.groups());
    assertTrue(groups.leave("room", alice));
    assertFalse(groups.leave("room", alice));
    assertTrue(groups.leave("room", bob));
    assertFalse(groups.exists("room"));
    assertTrue(groups.reserve("room"));
    assertFalse(groups.reserve("room"), "it will exist");
    groups.create("room");
    groups.release("room");
    assertFalse(groups.reserve("room"));
    assertEquals(List.of("room"), groups.names());
  }

  @Test
  void groupsAreCountedWhetherTheyHaveMembersOrANameOrBoth() {
    GroupDirectory groups = new GroupDirectory(3);
    Connection alice = connection("alice");
    groups.create("named");
    groups.create("named");
    groups.join("named", alice);
    groups.join("lively", alice);
    assertEquals(2, groups.size());
    assertTrue(groups.hasRoom(1));
    assertFalse(groups.hasRoom(2));
    assertTrue(groups.reserve("coming"));
    assertFalse(groups.hasRoom(1), "what is reserved counts");
    groups.release("coming");
    assertTrue(groups.hasRoomForNamed());
    groups.destroy("named");
    assertEquals(2, groups.size(), "it has a member");
    groups.leave("named", alice);
    groups.leave("lively", alice);
    assertEquals(0, groups.size());
    assertEquals(List.of(), groups.names());
    groups.create("named");
    groups.join("named", alice);
    groups.leave("named", alice);
    assertEquals(1, groups.size());
    groups.destroy("named");
    groups.destroy("named");
    assertEquals(0, groups.size());
  }

  @Test
  void connectionsAreFoundByIdAndByEndpoint() {
    ConnectionRegistry connections = new ConnectionRegistry();
    Connection one = connection("alice");
    Connection two = connection("alice");
    connections.add(one);
    connections.add(two);
    assertEquals(List.of(one, two), List.copyOf(connections.of("alice")));
    assertEquals(one, connections.byId(one.id().toLowerCase()));
    assertTrue(connections.remove(one));
    assertFalse(connections.remove(one));
    assertTrue(connections.remove(two));
    assertEquals(0, connections.endpoints());
  }

  @Test
  void idsHaveTheFormsThatClientsExpect() {
    assertTrue(
        Ids.upper().matches("[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}"));
    assertTrue(
        Ids.request()
            .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    assertTrue(Ids.socket().matches("[A-Za-z0-9_-]{20}"));
  }

  @ParameterizedTest
  @CsvSource({
    "Respoke.js/2.2.0, BROWSER",
    "Respoke-Android/1.5.0 (Android 5.1), ANDROID",
    "Respoke-iOS/1.4.0+(iPhone), IOS",
    "Respoke-Asterisk/1.2.1, ASTERISK",
    "Respoke-Node.js/2.0.1, NODE",
    "Respoke-JVM/1, OTHER",
    ", OTHER"
  })
  void theBannerNamesTheProfile(String banner, SdkProfile profile) {
    assertEquals(profile, SdkProfile.of(banner));
  }

  @Test
  void secretsAreNotShown() {
    String shown =
        app("id", "topsecret", List.of())
            + " "
            + token("TOKENID", 0, 0)
            + new PushTokens.Device("id", "alice", "apple", "topsecret");
    assertFalse(shown.contains("topsecret"), shown);
    assertFalse(shown.contains("TOKENID"), shown);
  }
}
