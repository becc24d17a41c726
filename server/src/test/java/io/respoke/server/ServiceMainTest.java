package io.respoke.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Json;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program makes of its arguments and its properties file. */
class ServiceMainTest {
  @Test
  void thePropertiesFileSetsOptions() throws Exception {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "port", "0",
            "app.id", "my-app",
            "app.secret", "my-secret",
            "app.developmentMode", "true",
            "rateLimit", "off",
            "admin.root", "pw",
            "turn.secret", "s",
            "turn.uris", "turn:a, turn:b"));
    ServiceOptions.Builder options = ServiceOptions.builder();
    assertTrue(ServiceProperties.apply(properties, options));
    try (RespokeService service = RespokeService.start(options.build())) {
      assertEquals("my-app", service.app().id());
      assertEquals("my-secret", service.app().secret());
      HttpResponse<String> turn =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(service.baseUrl().resolve("/v1/turn"))
                      .header("App-Secret", "my-secret")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertTrue(turn.body().contains("\"turn:b\""), turn.body());
    }
    Properties wrong = new Properties();
    wrong.setProperty("prot", "1");
    assertEquals(
        "unknown property prot",
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceProperties.apply(wrong, ServiceOptions.builder()))
            .getMessage());
  }

  @Test
  void theProgramSaysWhatIsMissing() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ServiceMain.run(
            new String[] {"--port", "0"},
            Map.of(),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err));
    assertEquals(2, code);
    assertTrue(err.toString().startsWith("there is no app and nobody"), err.toString());
  }

  private static String refused(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ServiceMain.run(
            arguments,
            Map.of(),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err));
    assertTrue(code != 0);
    return err.toString();
  }

  @Test
  void whereTheDataIsKeptMustBeSaidOnce(@TempDir Path directory) throws Exception {
    String config =
        Files.writeString(
                directory.resolve("x.properties"), "app.id=a\napp.secret=0123456789abcdef\n")
            .toString();
    String unsaid = refused("--config", config);
    assertTrue(unsaid.startsWith("where is the data to be kept?"), unsaid);
    String twice = refused("--config", config, "--memory", "--data", directory.toString());
    assertTrue(twice.startsWith("give one of --data, --jdbc and --memory"), twice);
    String other = refused("--dev", "--jdbc", "jdbc:mysql://joe:s3cret@host/db");
    assertTrue(other.startsWith("the database must be given as jdbc:postgresql:"), other);
    assertFalse(other.contains("s3cret"), other);
  }

  @Test
  void halfAnAppIsRefused(@TempDir Path directory) throws Exception {
    Path config = directory.resolve("x.properties");
    Files.writeString(config, "admin.root=pw\napp.id=a\n");
    String half = refused("--config", config.toString(), "--memory");
    assertTrue(half.startsWith("app.id and app.secret go together"), half);
    Files.writeString(config, "admin.root=pw\napp.developmentMode=true\n");
    String loose = refused("--config", config.toString(), "--memory");
    assertTrue(loose.startsWith("app.developmentMode is of no app"), loose);
  }

  @Test
  void anAdministratorIsEnoughAndNoAppAppears(@TempDir Path directory) throws Exception {
    Path config =
        Files.writeString(directory.resolve("x.properties"), "admin.root=pw\nrateLimit=off\n");
    String[] headers = {"Content-Type", "application/json"};
    JsonObject login = Json.object().add("username", "root").add("password", "pw").build();
    try (ServerProcess server =
        ServerProcess.start("--config", config.toString(), "--memory", "--port", "0")) {
      HttpResponse<String> signedIn = server.http("POST", "/v1/admin-sessions", login, headers);
      String token = Json.parseObject(signedIn.body()).getString("token");
      assertEquals(0, server.list("/v1/apps", "Admin-Token", token).size());
      assertFalse(server.output().contains("app id:"), server.output());
    }
  }

  @Test
  void aShortSecretIsRefusedOutsideDevelopmentMode(@TempDir Path directory) throws Exception {
    String config =
        Files.writeString(directory.resolve("x.properties"), "app.id=a\napp.secret=short\n")
            .toString();
    String message = refused("--config", config, "--memory");
    assertTrue(message.contains("too short"), message);
    assertFalse(message.contains("=short"), message);
  }

  @Test
  void argumentsWinOverProperties() {
    Properties file = new Properties();
    file.setProperty("jdbc.url", "jdbc:postgresql:file");
    file.setProperty("jdbc.user", "file");
    file.setProperty("jdbc.password", "s3cret");
    Database configured = ServiceProperties.database(file);
    assertEquals(
        new Database(false, null, "jdbc:postgresql:file", "file", "s3cret"),
        Database.UNSAID.or(configured));
    assertTrue(Database.UNSAID.inMemory().or(configured).memory());
    assertNull(Database.UNSAID.inMemory().or(configured).options());
    assertFalse(configured.toString().contains("s3cret"));
  }

  @Test
  void theEnvironmentWinsOverTheFile(@TempDir Path directory) throws Exception {
    String config =
        Files.writeString(
                directory.resolve("x.properties"),
                "app.id=a\napp.secret=0123456789abcdef\nport=not a number\n")
            .toString();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    int code =
        ServiceMain.run(
            new String[] {"--config", config},
            Map.of("RESPOKE_SERVICE_PORT", "0", "PATH", "/bin"),
            out,
            new PrintStream(err));
    assertEquals(2, code);
    assertTrue(err.toString().startsWith("where is the data to be kept?"), err.toString());
  }

  @Test
  void everyPropertyHasAVariableAndIsInTheHelp() {
    assertEquals("RESPOKE_SERVICE_TLS_KEY_STORE", Environment.variable("tls.keyStore"));
    Map<String, String> environment = new HashMap<>();
    assertEquals(
        ServiceProperties.NAMES.stream().sorted().toList(),
        ServiceProperties.HELP
            .lines()
            .skip(1)
            .map(line -> line.strip().replace("admin.<user>", ""))
            .flatMap(line -> Pattern.compile("^[\\w.]+(, [\\w.]+)*").matcher(line).results())
            .flatMap(names -> Pattern.compile(", ").splitAsStream(names.group()))
            .sorted()
            .toList());
    for (String name : ServiceProperties.NAMES) {
      environment.put(Environment.variable(name), "value of " + name);
    }
    environment.put("RESPOKE_SERVICE_ADMIN_ROOT", "pw");
    environment.put("HOME", "/root");

    Properties found = Environment.properties(ServiceProperties.NAMES, environment);

    assertEquals(ServiceProperties.NAMES.size() + 1, found.size());
    assertEquals("pw", found.getProperty("admin.root"));
    for (String name : ServiceProperties.NAMES) {
      assertEquals("value of " + name, found.getProperty(name));
      Properties alone = new Properties();
      alone.setProperty(name, "");
      try {
        boolean unused = ServiceProperties.apply(alone, ServiceOptions.builder());
      } catch (IllegalArgumentException e) {
        assertFalse(e.getMessage().startsWith("unknown"), e.getMessage());
      }
    }
  }

  @Test
  void anUnknownVariableIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Environment.properties(
                    ServiceProperties.NAMES, Map.of("RESPOKE_SERVICE_PROT", "1")));
    assertTrue(refused.getMessage().contains("RESPOKE_SERVICE_PROT"), refused.getMessage());
  }
}
