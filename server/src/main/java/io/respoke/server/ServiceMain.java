package io.respoke.server;

import io.respoke.console.ConsolePages;
import io.respoke.service.AppOptions;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceApp;
import io.respoke.service.ServiceOptions;
import io.respoke.service.ServiceStartException;
import io.respoke.service.jdbc.JdbcOptions;
import io.respoke.service.jdbc.JdbcStorage;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The service as a program: {@code java -jar respoke-service.jar --dev}. Runs until the process is
 * ended. Exit codes: 1 when it cannot start, 2 when the arguments are wrong.
 */
public final class ServiceMain {
  private static final int DEFAULT_PORT = 8080;
  private static final String DEV_ADMIN = "admin";

  private static final String USAGE =
      String.join(
          System.lineSeparator(),
          "usage: java -jar respoke-service.jar [--dev] [--data DIR] [--config FILE]",
          "                                     [--host HOST] [--port PORT]",
          "       java -jar respoke-service.jar hash-password",
          "       java -jar respoke-service.jar backup --data DIR --to FILE.zip",
          "       java -jar respoke-service.jar restore --from FILE.zip --data DIR",
          "",
          "  --dev          an app in development mode and an administrator, shown at the start",
          "  --data DIR     keeps everything in a database in this directory",
          "  --jdbc URL     keeps everything in the database of this URL, jdbc:postgresql:…; user and",
          "                 password come from the properties or from the environment",
          "  --memory       keeps everything in memory; with --dev this is so unless said otherwise",
          "  --config FILE  a properties file, see below",
          "  --host HOST    the address to bind to, 127.0.0.1 unless given",
          "  --port PORT    the port, " + DEFAULT_PORT + " unless given; 0 for any that is free",
          "",
          "  hash-password  asks for a password, or reads it from a line of standard input, and prints",
          "                 its hash, which admin.<user> may hold in its place",
          "  backup         makes a backup of a directory of --data, also while a server uses it",
          "  restore        restores one into a directory that is new or empty",
          "",
          "Arguments win over the environment, the environment wins over the file.",
          "",
          ServiceProperties.HELP,
          "",
          "environment:",
          "  every property, such as " + Environment.variable("tls.keyStore") + ", and",
          "  " + Environment.variable("admin.<user>") + " for an administrator");

  private ServiceMain() {}

  /** Runs the service with command line arguments. */
  public static void main(String[] args) {
    List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    int code =
        switch (args.length == 0 ? "" : args[0]) {
          case HashPassword.NAME ->
              HashPassword.run(rest, HashPassword.standard(), System.out, System.err);
          case BackupCommands.BACKUP -> BackupCommands.backup(rest, System.out, System.err);
          case BackupCommands.RESTORE -> BackupCommands.restore(rest, System.out, System.err);
          default -> run(args, System.getenv(), System.out, System.err);
        };
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    ServiceOptions.Builder options = ServiceOptions.builder().port(DEFAULT_PORT);
    boolean dev = false;
    boolean app;
    JdbcOptions database;
    Operation operation;
    try {
      @Nullable String host = null;
      @Nullable String port = null;
      Database given = Database.UNSAID;
      Properties properties = new Properties();
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--dev" -> dev = true;
          case "--host" -> host = value(args, ++i);
          case "--port" -> port = value(args, ++i);
          case "--memory" -> given = given.inMemory();
          case "--data" -> given = given.in(value(args, ++i));
          case "--jdbc" -> given = given.at(value(args, ++i));
          case "--config" -> properties.putAll(read(value(args, ++i)));
          case "--help", "-h" -> {
            out.println(USAGE);
            return 0;
          }
          default -> throw new IllegalArgumentException("unknown argument " + args[i]);
        }
      }
      properties.putAll(Environment.properties(ServiceProperties.NAMES, environment));
      app = ServiceProperties.apply(properties, options);
      if (host != null) {
        options.host(host);
      }
      if (port != null) {
        options.port(ServiceProperties.number("port", port));
      }
      if (!dev && !app && !ServiceProperties.administrator(properties)) {
        throw new IllegalArgumentException(
            "there is no app and nobody to create one: give admin.<user>, or app.id and app.secret,"
                + " in the file of --config or in the environment; or --dev to try it");
      }
      Database place = given.or(ServiceProperties.database(properties));
      if (!dev && place.unsaid()) {
        throw new IllegalArgumentException(
            "where is the data to be kept? Give --data DIR or --jdbc URL, or --memory to keep none");
      }
      database = place.options();
      operation = ServiceProperties.operation(properties);
    } catch (IllegalArgumentException | IOException e) {
      err.println(e.getMessage());
      err.println();
      err.println(USAGE);
      return 2;
    }
    @Nullable String password = null;
    if (dev) {
      options.privateWebhooks(true);
    } else {
      options.noDevelopmentApp();
    }
    if (dev && !app) {
      options.app(AppOptions.builder().name("dev").build());
      password = UUID.randomUUID().toString();
      options.adminUser(DEV_ADMIN, password);
    }
    if (ConsolePages.present()) {
      options.console(ConsolePages.load());
    }
    return serve(options, database, operation, dev, password, out, err);
  }

  private static void close(@Nullable Storage storage) {
    if (storage != null) {
      storage.close();
    }
  }

  private static String value(String[] args, int index) {
    if (index >= args.length) {
      throw new IllegalArgumentException(args[index - 1] + " needs a value");
    }
    return args[index];
  }

  private static Properties read(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e, e);
    }
    return properties;
  }

  private static int serve(
      ServiceOptions.Builder options,
      @Nullable JdbcOptions database,
      Operation operation,
      boolean dev,
      @Nullable String password,
      PrintStream out,
      PrintStream err) {
    Storage storage = null;
    Operation.Logs logs;
    try {
      logs = operation.open(out);
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
    RespokeService service;
    try {
      options.requestLog(logs);
      if (database != null) {
        storage = JdbcStorage.open(database);
        options.storage(storage);
      }
      service = RespokeService.start(options.build());
    } catch (ServiceStartException | StorageException e) {
      close(storage);
      logs.close();
      err.println(e.getMessage());
      return 1;
    }
    Storage opened = storage;
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    service.drain(operation.drain());
                  } finally {
                    service.close();
                    close(opened);
                    logs.close();
                  }
                },
                "respoke-service-close"));
    out.println("Respoke service on " + service.baseUrl());
    if (ConsolePages.present()) {
      out.println("  console:    " + service.baseUrl() + "/console/");
    }
    if (password != null) {
      out.println("  sign in as: " + DEV_ADMIN + " " + password);
    }
    if (dev) {
      ServiceApp app = service.app();
      out.println("  app id:     " + app.id());
      out.println(
          "  app secret: "
              + (app.secret().isEmpty()
                  ? "as shown when it was made; only a digest was kept"
                  : app.secret()));
      out.println("  role id:    " + app.defaultRoleId());
      out.println("  try it:     " + service.baseUrl() + "/health");
      out.println(
          "              curl "
              + service.baseUrl()
              + "/v1/tokens -d appId="
              + app.id()
              + " -d endpointId=joe");
    }
    out.flush();
    return 0;
  }
}
