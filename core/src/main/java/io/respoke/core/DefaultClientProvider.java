package io.respoke.core;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.AppSecretTokens;
import io.respoke.BrokerTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.ConnectionState;
import io.respoke.Respoke;
import io.respoke.TokenProvider;
import io.respoke.bootstrap.ClientProvider;
import io.respoke.core.admin.DefaultAdmin;
import io.respoke.core.auth.BrokeredTokens;
import io.respoke.core.auth.MintedTokens;
import io.respoke.core.client.DefaultClient;
import io.respoke.core.client.MediaBackends;
import io.respoke.core.json.JsonBinding;
import io.respoke.core.media.ExternalMediaBackend;
import io.respoke.core.plugin.ProviderSelector;
import io.respoke.core.plugin.Telemetries;
import io.respoke.core.runtime.CallbackExecutor;
import io.respoke.core.runtime.ClientRuntime;
import io.respoke.core.runtime.SerialContext;
import io.respoke.core.runtime.SharedRuntime;
import io.respoke.core.session.Engine;
import io.respoke.spi.MediaBackendProvider;
import io.respoke.spi.Telemetry;
import io.respoke.spi.TelemetryProvider;
import io.respoke.spi.TokenProviderFactory;
import io.respoke.spi.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Puts clients together: chooses plug-ins, takes a share of the runtime, keeps named instances. */
public final class DefaultClientProvider implements ClientProvider {
  private static final ProviderSelector<TransportProvider> TRANSPORTS =
      new ProviderSelector<>(
          TransportProvider.class,
          "transport",
          "Add io.respoke:respoke-impl-tyrus to the class path or module path.",
          loader -> ServiceLoader.load(TransportProvider.class, loader));
  private static final ProviderSelector<TokenProviderFactory> TOKENS =
      new ProviderSelector<>(
          TokenProviderFactory.class,
          "token provider",
          "Add the artifact that brings it to the class path or module path.",
          loader -> ServiceLoader.load(TokenProviderFactory.class, loader));
  private static final ProviderSelector<MediaBackendProvider> MEDIA =
      new ProviderSelector<>(
          MediaBackendProvider.class,
          "media backend",
          "Add io.respoke:respoke-impl-webrtc to the class path or module path.",
          loader -> ServiceLoader.load(MediaBackendProvider.class, loader));
  private static final ProviderSelector<TelemetryProvider> TELEMETRY =
      new ProviderSelector<>(
          TelemetryProvider.class,
          "telemetry",
          "",
          loader -> ServiceLoader.load(TelemetryProvider.class, loader));

  private static final Map<String, Client> INSTANCES = new ConcurrentHashMap<>();

  /** Called by {@link ServiceLoader}. */
  public DefaultClientProvider() {}

  @Override
  public Client createClient(ClientOptions options) {
    Optional<String> id = options.instanceId();
    if (id.isEmpty()) {
      return create(options);
    }
    return INSTANCES.compute(
        id.get(),
        (key, known) ->
            known == null || known.state() == ConnectionState.CLOSED ? create(options) : known);
  }

  @Override
  public Optional<Client> client(String instanceId) {
    return Optional.ofNullable(INSTANCES.get(instanceId))
        .filter(client -> client.state() != ConnectionState.CLOSED);
  }

  private static Client create(ClientOptions options) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader callbacks = options.classLoader().orElse(context);
    List<ClassLoader> loaders = loaders(options.classLoader(), context);
    TransportProvider transports =
        TRANSPORTS.select(options.plugins(), options.transport().orElse(null), loaders);
    Telemetry telemetry =
        Telemetries.of(
            TELEMETRY.all(options.plugins(), loaders).stream()
                .map(provider -> provider.telemetry(options))
                .toList());
    if (options.tokenProviderName().isPresent()) {
      factory(options, loaders); // a name that nobody has should be told now, not at connect
    }
    ClientRuntime runtime =
        SharedRuntime.acquire(
            options.sslContext(),
            options.proxy(),
            options.callbackExecutor(),
            options.virtualThreads());
    CallbackExecutor applicationCode = new CallbackExecutor(runtime.callbacks(), callbacks);
    try {
      DefaultClient client =
          new DefaultClient(
              new Engine(runtime, new SerialContext(runtime.engine()), applicationCode),
              options,
              current -> tokens(current, loaders),
              transports,
              telemetry,
              new JsonBinding(callbacks),
              new MediaBackends(
                  runtime.callbacks(),
                  () ->
                      MEDIA
                          .select(options.plugins(), options.mediaBackend().orElse(null), loaders)
                          .backend(options),
                  () -> new ExternalMediaBackend(applicationCode)),
              "Respoke-Java/" + Respoke.version(),
              () -> {
                runtime.release().run();
                INSTANCES.values().removeIf(one -> one.state() == ConnectionState.CLOSED);
              });
      telemetry.created(client);
      return client;
    } catch (RuntimeException | Error e) {
      runtime.release().run();
      throw e;
    }
  }

  private static List<ClassLoader> loaders(
      Optional<ClassLoader> explicit, @Nullable ClassLoader context) {
    List<ClassLoader> loaders = new ArrayList<>();
    explicit.ifPresent(loaders::add);
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(DefaultClientProvider.class.getClassLoader());
    return loaders;
  }

  private static @Nullable TokenProvider tokens(ClientOptions options, List<ClassLoader> loaders) {
    if (options.developmentMode()) {
      return MintedTokens.developmentMode();
    }
    if (options.tokenProviderName().isPresent()) {
      return factory(options, loaders).create(options.tokenProviderSettings());
    }
    return options.tokenProvider().orElse(null);
  }

  private static TokenProviderFactory factory(ClientOptions options, List<ClassLoader> loaders) {
    return TOKENS.select(options.plugins(), options.tokenProviderName().orElse(null), loaders);
  }

  @Override
  public Admin admin(AdminOptions options) {
    return new DefaultAdmin(
        options, options.classLoader().orElse(Thread.currentThread().getContextClassLoader()));
  }

  @Override
  public TokenProvider tokens(AppSecretTokens options) {
    return MintedTokens.withSecret(options);
  }

  @Override
  public TokenProvider tokens(BrokerTokens options) {
    return new BrokeredTokens(options);
  }
}
