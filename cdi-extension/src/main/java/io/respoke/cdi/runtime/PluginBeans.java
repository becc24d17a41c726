package io.respoke.cdi.runtime;

import io.respoke.ClientOptions;
import io.respoke.Plugin;
import io.respoke.PresenceResolver;
import io.respoke.TokenProvider;
import io.respoke.cdi.ClientCustomizer;
import io.respoke.cdi.config.ClientSettings;
import io.respoke.cdi.model.ApplicationModel;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The application's beans that clients are made with. They win over what is found elsewhere. */
public class PluginBeans {
  private final BeanContainer container;
  private final Instance<TokenProvider> tokenProviders;
  private final Instance<PresenceResolver> presenceResolvers;
  private final Instance<Plugin> plugins;
  private final Instance<ClientCustomizer> customizers;
  private final Instance<SSLContext> sslContexts;
  private final Instance<Executor> executors;
  private final List<Instance.Handle<?>> used = new ArrayList<>();

  @Inject
  public PluginBeans(
      BeanContainer container,
      @Any Instance<TokenProvider> tokenProviders,
      @Any Instance<PresenceResolver> presenceResolvers,
      @Any Instance<Plugin> plugins,
      @Any Instance<ClientCustomizer> customizers,
      @Any Instance<SSLContext> sslContexts,
      @Any Instance<Executor> executors) {
    this.container = container;
    this.tokenProviders = tokenProviders;
    this.presenceResolvers = presenceResolvers;
    this.plugins = plugins;
    this.customizers = customizers;
    this.sslContexts = sslContexts;
    this.executors = executors;
  }

  /** Whether some bean says something of this client. */
  boolean configures(String client) {
    return !Candidates.of(customizers, client).all().isEmpty()
        || !Candidates.of(tokenProviders, client).best().isEmpty();
  }

  /** Gives a client's options what beans there are for it. */
  void apply(
      String client,
      ClientSettings settings,
      ClientOptions.Builder options,
      List<String> problems) {
    TokenProvider tokens =
        only(client, Candidates.of(tokenProviders, client).best(), "TokenProvider", problems);
    if (tokens != null) {
      if (settings.givesTokens()) {
        problems.add(
            "The settings of "
                + ApplicationModel.describe(client)
                + " say where tokens come from, but "
                + Candidates.describe(Candidates.of(tokenProviders, client).best())
                + " is a TokenProvider and wins: they change nothing. Remove one, or qualify the"
                + " bean with the @RespokeClient it is for.");
      }
      options.tokenProvider(tokens);
    }
    set(
        only(client, Candidates.of(presenceResolvers, client).best(), "PresenceResolver", problems),
        resolver -> options.presenceResolver(withLoader(resolver)));
    // Types that applications have for other reasons: only those that are meant for a client.
    set(
        only(client, Candidates.of(sslContexts, client).named(), "SSLContext", problems),
        options::sslContext);
    set(
        only(client, Candidates.of(executors, client).named(), "Executor", problems),
        options::callbackExecutor);
    for (Instance.Handle<Plugin> handle : Candidates.of(plugins, client).all()) {
      set(create(client, handle, "Plugin", problems), options::plugin);
    }
    for (Instance.Handle<ClientCustomizer> handle : Candidates.of(customizers, client).all()) {
      ClientCustomizer customizer = create(client, handle, "ClientCustomizer", problems);
      if (customizer != null) {
        try {
          customizer.customize(client, options);
        } catch (RuntimeException e) {
          problems.add(
              Candidates.describe(handle)
                  + " could not adjust the options of "
                  + ApplicationModel.describe(client)
                  + ": "
                  + e);
        }
      }
    }
  }

  /** It is asked on whichever thread changes a client's state. */
  private static PresenceResolver withLoader(PresenceResolver resolver) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return presences -> {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        return resolver.resolve(presences);
      } finally {
        thread.setContextClassLoader(before);
      }
    };
  }

  private static <T> void set(@Nullable T bean, Consumer<? super T> setting) {
    if (bean != null) {
      setting.accept(bean);
    }
  }

  private <T> @Nullable T only(
      String client, List<Instance.Handle<T>> candidates, String type, List<String> problems) {
    if (candidates.size() > 1) {
      problems.add(
          "There is more than one "
              + type
              + " for "
              + ApplicationModel.describe(client)
              + ": "
              + Candidates.describe(candidates)
              + ". Keep one, or qualify each with the @RespokeClient it is for.");
      return null;
    }
    return candidates.isEmpty() ? null : create(client, candidates.get(0), type, problems);
  }

  private <T> @Nullable T create(
      String client, Instance.Handle<T> handle, String type, List<String> problems) {
    try {
      T bean = handle.get();
      makeNow(handle.getBean());
      used.add(handle);
      return bean;
    } catch (RuntimeException e) {
      problems.add(
          "The "
              + type
              + " for "
              + ApplicationModel.describe(client)
              + ", "
              + Candidates.describe(handle)
              + ", cannot be made: "
              + root(e));
      return null;
    }
  }

  /** A proxy would make its bean when it is called first: too late to tell of a failure. */
  private <B> void makeNow(Bean<B> bean) {
    Class<? extends Annotation> scope = bean.getScope();
    if (container.isNormalScope(scope)) {
      B unused = container.getContext(scope).get(bean, container.createCreationalContext(bean));
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** Destroys the beans that belong to nobody else. */
  void release() {
    for (Instance.Handle<?> handle : used) {
      if (handle.getBean().getScope() == jakarta.enterprise.context.Dependent.class) {
        handle.destroy();
      }
    }
    used.clear();
  }
}
