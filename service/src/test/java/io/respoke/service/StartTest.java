package io.respoke.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a service makes of its options and of what an earlier one stored. */
class StartTest {
  private static final String SECRET = "a secret of sixteen";
  private static final JsonObject PERMISSIONS = Json.object().add("mediaRelay", true).build();

  private final Storage storage = Storage.inMemory(100, 100);

  private RespokeService start(AppOptions... apps) {
    ServiceOptions.Builder options = ServiceOptions.builder().noRateLimit().storage(storage);
    for (AppOptions app : apps) {
      options.app(app);
    }
    return RespokeService.start(options.build());
  }

  private static AppOptions app(String id, String secret) {
    AppOptions.Builder app = AppOptions.builder().role("guest", PERMISSIONS);
    if (id != null) {
      app.id(id);
    }
    if (secret != null) {
      app.secret(secret);
    }
    return app.build();
  }

  @Test
  void theAppOfNoOptionsIsTheSameAtEveryStart() {
    ServiceApp first;
    try (RespokeService service = start()) {
      first = service.app();
      assertFalse(first.secret().isEmpty());
    }
    try (RespokeService service = start()) {
      assertEquals(List.of(first.id()), service.apps().stream().map(ServiceApp::id).toList());
      assertEquals(first.accountId(), service.app().accountId());
      assertEquals(first.defaultRoleId(), service.app().defaultRoleId());
      assertEquals("", service.app().secret());
      assertEquals(
          200,
          RawClient.get(service.baseUrl(), "/v1/roles", "App-Secret", first.secret()).statusCode());
    }
  }

  @Test
  void aConfiguredRoleKeepsItsIdAndIsThereOnce() {
    String before;
    try (RespokeService service = start(app("one", SECRET))) {
      before = RawClient.get(service.baseUrl(), "/v1/roles", "App-Secret", SECRET).body();
    }
    try (RespokeService service = start(app("ONE", SECRET))) {
      assertEquals("one", service.app().id());
      assertEquals(
          Json.parseArray(before).getJsonObject(2).getString("id"),
          Json.parseArray(
                  RawClient.get(service.baseUrl(), "/v1/roles", "App-Secret", SECRET).body())
              .getJsonObject(2)
              .getString("id"));
      assertEquals(3, Json.parseArray(before).size());
    }
  }

  @Test
  void anotherSecretInTheOptionsReplacesTheStoredOne() {
    start(app("one", SECRET)).close();
    try (RespokeService service = start(app("one", "another secret, long"))) {
      assertEquals(
          401, RawClient.get(service.baseUrl(), "/v1/roles", "App-Secret", SECRET).statusCode());
      assertEquals(
          200,
          RawClient.get(service.baseUrl(), "/v1/roles", "App-Secret", "another secret, long")
              .statusCode());
    }
  }

  @Test
  void anAppWithAnotherIdAndTheSameSecretIsRefused() {
    start(app("one", SECRET)).close();
    ServiceStartException refused =
        assertThrows(ServiceStartException.class, () -> start(app("two", SECRET)));
    assertTrue(refused.getMessage().contains("app two"), refused.getMessage());
    assertTrue(refused.getMessage().contains("app one"), refused.getMessage());
    assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
    try (RespokeService service = start(app("two", null))) {
      assertEquals(List.of("two", "one"), service.apps().stream().map(ServiceApp::id).toList());
    }
  }

  @Test
  @Tag("slow") // hashes passwords, which takes its time
  void noSecretAndNoPasswordIsStored() {
    ServiceOptions options =
        ServiceOptions.builder()
            .app(app("one", SECRET))
            .adminUser("root", "open sesame")
            .storage(storage)
            .build();
    RespokeService.start(options).close();
    String hash = null;
    for (Change change : storage.load()) {
      if (change instanceof Change.AppStored app) {
        assertNotEquals(SECRET, app.app().secretDigest());
      } else if (change instanceof Change.AdministratorStored administrator) {
        hash = administrator.passwordHash();
      }
    }
    assertTrue(hash != null && hash.startsWith("pbkdf2-sha512$210000$"), String.valueOf(hash));
    // The same password makes no new hash.
    RespokeService.start(options).close();
    assertTrue(storage.load().contains(new Change.AdministratorStored("root", hash)));
  }

  private static int signIn(RespokeService service, String password) {
    return RawClient.post(
            service,
            "/v1/admin-sessions",
            Json.object().add("username", "root").add("password", password).build())
        .statusCode();
  }

  @Test
  @Tag("slow") // hashes passwords, which takes its time
  void aReadyHashIsStoredAsItIsAndDecides() {
    HashedPassword hash = HashedPassword.of("open sesame");
    ServiceOptions options =
        ServiceOptions.builder()
            .app(app("one", SECRET))
            .adminUser("root", "another password")
            .adminUser("root", HashedPassword.parse(hash.text()))
            .storage(storage)
            .build();
    try (RespokeService service = RespokeService.start(options)) {
      assertEquals(200, signIn(service, "open sesame"));
      assertEquals(401, signIn(service, "another password"));
      assertEquals(401, signIn(service, hash.text()));
    }
    assertTrue(storage.load().contains(new Change.AdministratorStored("root", hash.text())));
    // Without any in the options the stored one stays.
    try (RespokeService service = start(app("one", SECRET))) {
      assertEquals(200, signIn(service, "open sesame"));
    }
  }

  @Test
  void aMalformedHashIsRefusedAndNotQuoted() {
    String good = HashedPassword.of("open sesame").text();
    String[] parts = good.split("\\$", -1);
    for (String bad :
        List.of(
            "",
            "open sesame",
            good + "$",
            good.replace("$210000$", "$1000$"),
            good.replace("$210000$", "$99999999$"),
            good.replace("$210000$", "$many$"),
            good.replace(parts[2], parts[2].substring(2)),
            good.replace(parts[3], parts[3].substring(4)),
            good.replace(parts[3], "*" + parts[3].substring(1)),
            good.replace("sha512", "sha1"))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> HashedPassword.parse(bad))
              .getMessage();
      assertTrue(message.startsWith("the hash of the password is malformed: it"), message);
      assertFalse(!bad.isEmpty() && message.contains(bad), message);
      assertFalse(message.contains(parts[2].substring(2)), message);
    }
    assertEquals(good, HashedPassword.parse(good).text());
    assertFalse(HashedPassword.parse(good).toString().contains(parts[2]));
    assertTrue(HashedPassword.isHash(good.replace("$210000$", "$many$")));
    assertFalse(HashedPassword.isHash("open sesame"));
    assertThrows(IllegalArgumentException.class, () -> HashedPassword.of(" "));
  }

  @Test
  @Tag("slow") // hashes passwords, which takes its time
  void withoutADevelopmentAppTheFirstOneIsMadeByAnAdministrator() {
    ServiceOptions options =
        ServiceOptions.builder()
            .noRateLimit()
            .noDevelopmentApp()
            .adminUser("root", "open sesame")
            .storage(storage)
            .build();
    try (RespokeService service = RespokeService.start(options)) {
      assertEquals(List.of(), service.apps());
      assertThrows(IllegalStateException.class, service::app);
      JsonObject login =
          Json.object().add("username", "root").add("password", "open sesame").build();
      String token =
          Json.parseObject(RawClient.post(service, "/v1/admin-sessions", login).body())
              .getString("token");
      assertEquals("[]", RawClient.get(service.baseUrl(), "/v1/apps", "Admin-Token", token).body());
      assertEquals(
          200, RawClient.get(service.baseUrl(), "/v1/roles", "Admin-Token", token).statusCode());
      JsonObject named = Json.object().add("name", "first").build();
      assertEquals(
          200, RawClient.post(service, "/v1/apps", named, "Admin-Token", token).statusCode());
    }
    try (RespokeService service = RespokeService.start(options)) {
      assertEquals(1, service.apps().size());
      assertFalse(service.app().developmentMode());
    }
  }
}
