package io.respoke.service.testkit;

import io.respoke.service.RespokeService;
import io.respoke.service.ServiceApp;
import io.respoke.service.ServiceHooks;
import io.respoke.service.ServiceOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a {@link RespokeService} for tests and stops it after them.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();
 *
 * @Test
 * void a_client_comes_back(RespokeService service, ServiceHooks hooks, ServiceApp app) { … }
 * }</pre>
 *
 * <p>{@code @ExtendWith(RespokeServiceExtension.class)} gives every test a service of its own. The
 * service, its hooks and its first app can be parameters of tests and of {@code @BeforeEach} and
 * {@code @AfterEach} methods, and of {@code @BeforeAll} methods when it is one for the class.
 * Without other options it is the default service without a rate limit.
 *
 * <p>A service that is shared has its hooks reset after each test, so that ordered failures do not
 * hit the next one.
 */
public final class RespokeServiceExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {
  private static final Map<Class<?>, Function<RespokeService, Object>> PARAMETERS =
      Map.of(
          RespokeService.class, service -> service,
          ServiceHooks.class, RespokeService::hooks,
          ServiceApp.class, RespokeService::app);

  private final Supplier<ServiceOptions> options;
  private final boolean perClass;
  // By the id of the context that started it: tests may run in parallel.
  private final Map<String, RespokeService> running = new ConcurrentHashMap<>();
  private volatile @Nullable RespokeService latest;

  /** For {@code @ExtendWith}: a service for each test. */
  public RespokeServiceExtension() {
    this(RespokeServiceExtension::defaults, false);
  }

  private RespokeServiceExtension(Supplier<ServiceOptions> options, boolean perClass) {
    this.options = options;
    this.perClass = perClass;
  }

  private static ServiceOptions defaults() {
    return ServiceOptions.builder().noRateLimit().privateWebhooks(true).build();
  }

  /** One service for all tests of a class; for a static field. */
  public static RespokeServiceExtension perClass() {
    return perClass(RespokeServiceExtension::defaults);
  }

  /** One service for all tests of a class, with options that are asked for when it starts. */
  public static RespokeServiceExtension perClass(Supplier<ServiceOptions> options) {
    return new RespokeServiceExtension(options, true);
  }

  /** A service for each test. */
  public static RespokeServiceExtension perTest() {
    return perTest(RespokeServiceExtension::defaults);
  }

  /** A service for each test, with options that are asked for each time. */
  public static RespokeServiceExtension perTest(Supplier<ServiceOptions> options) {
    return new RespokeServiceExtension(options, false);
  }

  /**
   * The service that was started last. With tests in parallel use a parameter instead.
   *
   * @throws IllegalStateException when none is running
   */
  public RespokeService service() {
    RespokeService service = latest;
    if (service == null) {
      throw new IllegalStateException(
          "no service is running: register the extension, and ask during a test");
    }
    return service;
  }

  /** The hooks of {@link #service()}. */
  public ServiceHooks hooks() {
    return service().hooks();
  }

  /** The first app of {@link #service()}. */
  public ServiceApp app() {
    return service().app();
  }

  /** Where clients of {@link #service()} connect to. */
  public URI baseUrl() {
    return service().baseUrl();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (perClass) {
      start(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (find(context) == null) {
      start(context);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!stop(context)) {
      RespokeService shared = find(context);
      if (shared != null) {
        reset(shared.hooks());
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    boolean unused = stop(context);
  }

  private void start(ExtensionContext context) {
    RespokeService service = RespokeService.start(options.get());
    running.put(context.getUniqueId(), service);
    latest = service;
    // JUnit closes it with the context, also when a callback of another extension fails.
    context.getStore(Namespace.create(RespokeServiceExtension.class, this)).put("service", service);
  }

  private boolean stop(ExtensionContext context) {
    RespokeService service = running.remove(context.getUniqueId());
    if (service == null) {
      return false;
    }
    if (latest == service) {
      latest = null;
    }
    service.close();
    return true;
  }

  private static void reset(ServiceHooks hooks) {
    hooks.clearRefusals();
    hooks.resume();
    hooks.delayHeartbeats(Duration.ZERO);
    hooks.refuseConnections(false);
  }

  private @Nullable RespokeService find(ExtensionContext context) {
    for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
      RespokeService service = running.get(at.getUniqueId());
      if (service != null) {
        return service;
      }
    }
    return null;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType()) && find(context) != null;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RespokeService service = find(context);
    Function<RespokeService, Object> part = PARAMETERS.get(parameter.getParameter().getType());
    if (service == null || part == null) {
      throw new IllegalStateException("no service is running for " + context.getDisplayName());
    }
    return part.apply(service);
  }
}
