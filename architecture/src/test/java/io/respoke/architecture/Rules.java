package io.respoke.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the design demands of main code, as rules a machine checks. */
final class Rules {
  private static final String[] API = {
    "io.respoke",
    "io.respoke.event",
    "io.respoke.bootstrap",
    "io.respoke.media",
    "io.respoke.webhook"
  };
  private static final String[] JDK_AND_NULLNESS = {
    "java..", "javax.net..", "javax.crypto..", "org.jspecify.."
  };

  /**
   * Who may look the JSON provider up: protocol's one door; the API, which cannot see it, where a
   * role is built, which is rare, and where webhooks are read, once; and the broker, which cannot
   * see it either, once.
   */
  private static final Set<String> JSON_DOORS =
      Set.of(
          "io.respoke.protocol.Json",
          "io.respoke.Role$Builder",
          "io.respoke.webhook.WebhookJson",
          "io.respoke.broker.JsonText");

  /** All there are. */
  static List<Rule> all() {
    return Stream.of(arrows(), layers(), wire(), time(), threads(), names(), logging())
        .flatMap(List::stream)
        .toList();
  }

  private Rules() {}

  // Which module may know which

  private static List<Rule> arrows() {
    return List.of(
        new Rule(
            onlyKnow("api", API, "jakarta.json.."),
            """
            package io.respoke;
            interface Leak { jakarta.websocket.Session session(); }
            """),
        new Rule(
            onlyKnow("spi", with(API, "io.respoke.spi.."), "jakarta.json.."),
            """
            package io.respoke.spi;
            class Reach { io.respoke.protocol.Frame frame; }
            """),
        new Rule(
            onlyKnow(
                "spi-contract", with(API, "io.respoke.spi.."), "jakarta.json..", "org.junit.."),
            """
            package io.respoke.spi.contract;
            class Reach { io.vertx.core.Vertx vertx; }
            """),
        new Rule(
            onlyKnow(
                "protocol",
                new String[] {"io.respoke.protocol.."},
                "jakarta.json",
                "jakarta.json.spi"),
            """
            package io.respoke.protocol;
            class Reach { io.respoke.Client client; }
            """),
        new Rule(
            onlyKnow(
                "core",
                with(API, "io.respoke.spi", "io.respoke.protocol", "io.respoke.core.."),
                "jakarta.json.."),
            """
            package io.respoke.core;
            class Reach { jakarta.websocket.Session session; }
            """),
        new Rule(
            onlyKnow(
                "impl-tyrus",
                with(API, "io.respoke.spi", "io.respoke.tyrus.."),
                "jakarta.websocket..",
                "org.glassfish.tyrus.."),
            """
            package io.respoke.tyrus;
            class Reach { io.respoke.protocol.Frame frame; }
            """),
        new Rule(
            onlyKnow(
                "impl-webrtc",
                with(API, "io.respoke.spi", "io.respoke.webrtc.."),
                "dev.onvoid.webrtc.."),
            """
            package io.respoke.webrtc;
            class Reach { io.respoke.protocol.Frame frame; }
            """),
        new Rule(
            onlyKnow(
                "cdi-extension",
                with(API, "io.respoke.spi", "io.respoke.cdi.."),
                "jakarta.annotation..",
                "jakarta.enterprise..",
                "jakarta.inject..",
                "jakarta.json..",
                "javax.naming.."),
            """
            package io.respoke.cdi;
            class Reach { io.respoke.service.RespokeService service; }
            """),
        new Rule(
            onlyKnow(
                "telemetry-micrometer",
                with(API, "io.respoke.spi", "io.respoke.telemetry.micrometer.."),
                "io.micrometer..",
                "jakarta.enterprise..",
                "jakarta.inject.."),
            """
            package io.respoke.telemetry.micrometer;
            class Reach { io.respoke.protocol.Frame frame; }
            """),
        new Rule(
            onlyKnow(
                "telemetry-opentelemetry",
                with(API, "io.respoke.spi", "io.respoke.telemetry.opentelemetry.."),
                "io.opentelemetry..",
                "jakarta.enterprise..",
                "jakarta.inject..",
                "jakarta.json.."),
            """
            package io.respoke.telemetry.opentelemetry;
            class Reach { io.respoke.protocol.Frame frame; }
            """),
        new Rule(
            onlyKnow(
                "broker",
                with(API, "io.respoke.broker.."),
                "jakarta.enterprise..",
                "jakarta.inject..",
                "jakarta.json..",
                "jakarta.ws.rs.."),
            """
            package io.respoke.broker;
            class Reach { io.respoke.service.RespokeService service; }
            """),
        new Rule(
            onlyKnow(
                "service",
                new String[] {"io.respoke.service..", "io.respoke.protocol.."},
                "io.vertx..",
                "io.netty..",
                "jakarta.json.."),
            """
            package io.respoke.service;
            class Reach { io.respoke.Client client; }
            """),
        new Rule(
            onlyKnow(
                "server",
                new String[] {
                  "io.respoke.service",
                  "io.respoke.service.storage",
                  "io.respoke.service.jdbc",
                  "io.respoke.console",
                  "io.respoke.server.."
                }),
            """
            package io.respoke.server;
            class Reach { io.vertx.core.Vertx vertx; }
            """),
        new Rule(
            onlyKnow("console", new String[] {"io.respoke.service", "io.respoke.console.."}),
            """
            package io.respoke.console;
            class Reach { io.vertx.core.Vertx vertx; }
            """),
        new Rule(
            onlyKnow(
                "service-jdbc",
                new String[] {
                  "io.respoke.service.storage", "io.respoke.service.jdbc..", "io.respoke.protocol"
                },
                "com.zaxxer.hikari..",
                "javax.sql..",
                "jakarta.json..",
                "org.flywaydb..",
                "org.jdbi.."),
            """
            package io.respoke.service.jdbc;
            class Reach { io.respoke.service.RespokeService service; }
            """),
        new Rule(
            onlyKnow(
                "service-testkit",
                new String[] {"io.respoke.service", "io.respoke.service.testkit.."},
                "org.junit.."),
            """
            package io.respoke.service.testkit;
            class Reach { io.respoke.Client client; }
            """));
  }

  /** Also for its tests: the service is proven with raw sockets, not with this client. */
  static Rule serviceKnowsNoClient() {
    return new Rule(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.respoke.service..", "io.respoke.server..", "io.respoke.console..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    with(
                        API,
                        "io.respoke.spi..",
                        "io.respoke.core..",
                        "io.respoke.tyrus..",
                        "io.respoke.webrtc..",
                        "io.respoke.cdi..",
                        "io.respoke.broker..",
                        "io.respoke.telemetry..")))
            .as("the service and its tests know nothing of the client"),
        """
        package io.respoke.service;
        class ClientTest { io.respoke.Client client; }
        """);
  }

  private static ArchRule onlyKnow(String module, String[] ours, String... libraries) {
    String[] own = module.equals("api") ? API : new String[] {own(module)};
    String[] others =
        module.equals("service")
            ? new String[] {own("service-testkit"), own("service-jdbc")}
            : new String[0];
    return classes()
        .that()
        .resideInAnyPackage(own)
        .and()
        .resideOutsideOfPackages(others)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(with(with(ours, libraries), JDK_AND_NULLNESS))
                .or(describe("are primitive or arrays", c -> c.isPrimitive() || c.isArray())))
        .as(module + " knows only what the arrows of the design allow");
  }

  private static String own(String module) {
    return switch (module) {
      case "spi" -> "io.respoke.spi";
      case "spi-contract" -> "io.respoke.spi.contract..";
      case "service-jdbc" -> "io.respoke.service.jdbc..";
      case "service-testkit" -> "io.respoke.service.testkit..";
      case "impl-tyrus" -> "io.respoke.tyrus..";
      case "impl-webrtc" -> "io.respoke.webrtc..";
      case "cdi-extension" -> "io.respoke.cdi..";
      case "telemetry-micrometer" -> "io.respoke.telemetry.micrometer..";
      case "telemetry-opentelemetry" -> "io.respoke.telemetry.opentelemetry..";
      default -> "io.respoke." + module + "..";
    };
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  // Which package of a module may know which

  private static List<Rule> layers() {
    return List.of(
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("io.respoke.core..")
                .and()
                .resideOutsideOfPackages("io.respoke.core", "io.respoke.core.session")
                .should()
                .dependOnClassesThat(
                    describe(
                        "are a transport",
                        type ->
                            type.getName().matches("io.respoke.spi.Transport(Listener|Request)?")))
                .as("in core only the session touches transports"),
            """
            package io.respoke.core.client;
            class Shortcut { io.respoke.spi.Transport transport; }
            """),
        new Rule(
            noClasses()
                .that()
                .resideInAnyPackage(
                    "io.respoke.service.state..",
                    "io.respoke.service.routes..",
                    "io.respoke.service.storage..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        "io.vertx..", "io.netty..", "java.net.http..", "java.nio.channels.."))
                .as("what the service knows and does touches no socket"),
            """
            package io.respoke.service.routes;
            class Wired { io.vertx.core.Vertx vertx; }
            """),
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("io.respoke.service.state..")
                .should()
                .dependOnClassesThat(
                    resideInAPackage("java.util.concurrent..")
                        .and(not(isOneOf(java.util.concurrent.ThreadLocalRandom.class)))
                        .or(isOneOf(Thread.class, System.Logger.class, java.time.Clock.class)))
                .orShould()
                .accessTargetWhere(readsTime())
                .as("what the service knows has no thread, no clock and no log"),
            """
            package io.respoke.service.state;
            class Late { long now() { return System.currentTimeMillis(); } }
            """));
  }

  /**
   * The packages of the larger modules know each other one way only. In core, what assembles the
   * things that clients share lies beside what it assembles them from.
   */
  static ArchRule noCycles(String module) {
    return slices()
        .matching("io.respoke." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            describe(
                "assemble",
                type ->
                    type.getName()
                        .matches("io.respoke.core.runtime.(Shared|Client)Runtime(\\$.*)?")),
            resideInAPackage("io.respoke.core.http"))
        .as("the packages of " + module + " have no cycles");
  }

  // The wire is values

  private static List<Rule> wire() {
    DescribedPredicate<JavaClass> outside =
        resideInAnyPackage(
                "java.net..",
                "java.util.concurrent..",
                "java.nio.channels..",
                "java.nio.file..",
                "javax.net..")
            .or(isOneOf(Thread.class, ThreadLocal.class, Runnable.class, Process.class))
            .or(isOneOf(java.time.Clock.class, java.util.Timer.class, System.Logger.class));
    return List.of(
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("io.respoke.protocol..")
                .and()
                .doNotHaveFullyQualifiedName("io.respoke.protocol.ServiceUri")
                .should()
                .dependOnClassesThat(outside)
                .as("protocol does no I/O, knows no thread, no clock and no log"),
            """
            package io.respoke.protocol;
            class Impure { java.net.URI address; }
            """),
        new Rule(
            noClasses()
                .that()
                .haveFullyQualifiedName("io.respoke.protocol.ServiceUri")
                .should()
                .dependOnClassesThat(
                    outside.and(
                        not(isOneOf(java.net.URI.class, java.net.URISyntaxException.class))))
                .as("ServiceUri needs java.net.URI and nothing else of the network"),
            """
            package io.respoke.protocol;
            class ServiceUri { java.net.URL address; }
            """),
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("io.respoke..")
                .and(not(describe("JSON's doors", type -> JSON_DOORS.contains(type.getName()))))
                .should()
                .accessTargetWhere(
                    describe(
                        "the target looks the JSON provider up",
                        (JavaAccess<?> access) ->
                            access.getTargetOwner().getName().equals("jakarta.json.Json")
                                || access
                                        .getTargetOwner()
                                        .getName()
                                        .equals("jakarta.json.spi.JsonProvider")
                                    && access.getTarget().getName().equals("provider")))
                .as("only the doors to JSON look its provider up, which costs 24–40 µs"),
            """
            package io.respoke.core;
            class Slow { Object o = jakarta.json.Json.createObjectBuilder().build(); }
            """));
  }

  // Decisions take time as an argument

  private static List<Rule> time() {
    return List.of(
        new Rule(
            noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                            "java.net..",
                            "java.nio.channels..",
                            "java.util.concurrent.locks..",
                            "jakarta.json.stream..",
                            "io.respoke.spi..")
                        .or(isOneOf(java.time.Clock.class, Thread.class, System.Logger.class))
                        .or(isOneOf(java.util.concurrent.Executor.class, java.util.Timer.class))
                        .or(
                            describe(
                                "run things",
                                c -> c.isAssignableTo(java.util.concurrent.Executor.class))))
                .orShould()
                .accessTargetWhere(readsTime())
                .as("what decides in core touches no clock, thread, socket, transport or log"),
            """
            package io.respoke.core;
            class SleepyMachine { long now() { return System.nanoTime(); } }
            """),
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("io.respoke.protocol..")
                .should()
                .accessTargetWhere(readsTime())
                .as("protocol does not ask what time it is"),
            """
            package io.respoke.protocol;
            class Impatient { java.time.Instant now() { return java.time.Instant.now(); } }
            """));
  }

  private static DescribedPredicate<JavaClass> arePure() {
    Set<String> endings = Set.of("Machine", "Correlator", "Backoff", "Heartbeat");
    return resideInAPackage("io.respoke.core..")
        .and(
            describe(
                "named as what decides",
                c -> endings.stream().anyMatch(outermost(c).getSimpleName()::endsWith)));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Rules::outermost).orElse(type);
  }

  private static DescribedPredicate<JavaAccess<?>> readsTime() {
    return describe(
        "the time is read",
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getTarget().getName();
          return owner.equals("java.lang.System")
                  && (name.equals("nanoTime") || name.equals("currentTimeMillis"))
              || owner.startsWith("java.time.") && name.equals("now");
        });
  }

  // Whose thread it is

  private static List<Rule> threads() {
    return List.of(
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("io.respoke..")
                .should()
                .accessTargetWhere(
                    describe(
                        "the common pool runs it",
                        (JavaAccess<?> access) -> usesCommonPool(access)))
                .as("nothing runs on the common pool"),
            """
            package io.respoke.core;
            class Careless {
              void run(java.util.concurrent.CompletionStage<String> s) { s.thenAcceptAsync(t -> {}); }
            }
            """),
        new Rule(
            noClasses()
                .that()
                .resideInAPackage("io.respoke..")
                .should()
                .accessTargetWhere(
                    describe(
                        "a thread sleeps",
                        (JavaAccess<?> access) ->
                            access.getTarget().getName().equals("sleep")
                                && (access.getTargetOwner().isEquivalentTo(Thread.class)
                                    || access
                                        .getTargetOwner()
                                        .isEquivalentTo(java.util.concurrent.TimeUnit.class))))
                .as("no thread sleeps"),
            """
            package io.respoke.core;
            class Lazy { void nap() throws InterruptedException { Thread.sleep(1); } }
            """));
  }

  private static boolean usesCommonPool(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    if (owner.isEquivalentTo(java.util.concurrent.ForkJoinPool.class)) {
      return name.equals("commonPool");
    }
    if (name.equals("parallelStream")
        || name.equals("parallel") && owner.isAssignableTo(java.util.stream.BaseStream.class)) {
      return true;
    }
    return name.endsWith("Async")
        && owner.isAssignableTo(java.util.concurrent.CompletionStage.class)
        && access instanceof com.tngtech.archunit.core.domain.JavaCodeUnitAccess<?> call
        && call.getTarget().getRawParameterTypes().stream()
            .noneMatch(p -> p.isEquivalentTo(java.util.concurrent.Executor.class));
  }

  // Names

  private static List<Rule> names() {
    return List.of(
        new Rule(
            noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .as("no class is an Impl, a Manager, a Helper or a Util"),
            """
            package io.respoke.core;
            class CallManager {}
            """),
        new Rule(
            noClasses()
                .that(INTERFACES)
                .should()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveNameMatching(".*[.$]I[A-Z][a-z].*")
                .as("no interface carries a prefix"),
            """
            package io.respoke;
            interface IClient {}
            """),
        new Rule(
            methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(
                    resideInAnyPackage(with(API, "io.respoke.spi", "io.respoke.service")))
                .should(notBeGetters())
                .as("accessors do without get"),
            """
            package io.respoke;
            class Bean { public String getName() { return ""; } }
            """),
        new Rule(
            classes()
                .that()
                .resideInAPackage("io.respoke.event")
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beRecords()
                .as("events are records"),
            """
            package io.respoke.event;
            class Loose {}
            """));
  }

  private static ArchCondition<JavaMethod> notBeGetters() {
    return new ArchCondition<>("have no get in their names") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean overrides =
            method.getOwner().getAllRawSuperclasses().stream()
                .anyMatch(c -> c.tryGetMethod(method.getName()).isPresent());
        boolean getter =
            method.getName().matches("get[A-Z].*")
                && !overrides
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC);
        if (getter) {
          events.add(SimpleConditionEvent.violated(method, method.getFullName()));
        }
      }
    };
  }

  // Logs

  private static List<Rule> logging() {
    return List.of(
        new Rule(
            noClasses()
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        "java.util.logging..",
                        "org.slf4j..",
                        "org.apache.logging..",
                        "org.apache.commons.logging..",
                        "io.vertx.core.logging..",
                        "io.vertx.core.internal.logging.."))
                .as("logs go through System.Logger"),
            """
            package io.respoke.core;
            class Noisy { java.util.logging.Logger log; }
            """),
        new Rule(
            noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.respoke.server.ServiceMain")
                .should()
                .accessTargetWhere(
                    describe(
                        "standard output or error is used",
                        (JavaAccess<?> access) ->
                            access.getTargetOwner().isEquivalentTo(System.class)
                                && Set.of("out", "err").contains(access.getTarget().getName())))
                .as("only a program prints"),
            """
            package io.respoke.core;
            class Chatty { void hello() { System.out.println("hello"); } }
            """));
  }

  private static DescribedPredicate<JavaClass> isOneOf(Class<?>... types) {
    return describe(
        "are one of " + List.of(types), type -> Stream.of(types).anyMatch(type::isEquivalentTo));
  }
}
