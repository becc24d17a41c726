package io.respoke.cdi.runtime;

import io.respoke.Admin;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.cdi.config.ClientSettings;
import io.respoke.cdi.config.Configuration;
import io.respoke.cdi.config.ConnectMode;
import io.respoke.cdi.health.HealthApi;
import io.respoke.cdi.model.ApplicationModel;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Makes the clients that an application asks for, and gathers everything that is wrong. Beans of
 * the application are made and called here, so no lock may be held. Of one thread.
 */
final class Deployment {
  private static final Logger LOG = System.getLogger(Deployment.class.getName());

  /**
   * What came of it.
   *
   * @param problems everything that is wrong; if anything is, the rest is to be closed
   */
  record Result(
      Map<String, RunningClient> clients,
      Map<String, Admin> admins,
      ObserverThreads threads,
      List<String> problems) {}

  private final BeanContainer container;
  private final ApplicationModel model;
  private final PluginBeans beans;
  private final RequestContexts requestContexts;
  private final CallScopes callScopes;
  private final Optional<Executor> managed = ManagedThreads.find();
  private final ObserverThreads threads = new ObserverThreads(managed);
  private final Map<String, RunningClient> clients = new TreeMap<>();
  private final Map<String, Admin> admins = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  Deployment(
      BeanContainer container,
      ApplicationModel model,
      PluginBeans beans,
      RequestContexts requestContexts,
      CallScopes callScopes) {
    this.container = container;
    this.model = model;
    this.beans = beans;
    this.requestContexts = requestContexts;
    this.callScopes = callScopes;
  }

  /** Makes all of them. */
  void run() {
    problems.addAll(model.problems());
    Configuration configuration = Configuration.present(model);
    problems.addAll(configuration.problems());
    problems.addAll(configuration.disagreements(model));
    for (String name : configuration.clientsOf(model)) {
      make(name, configuration);
    }
    for (String name : model.admins().keySet()) {
      administer(name, configuration);
    }
    configuration.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
  }

  /** What came of it so far. */
  Result result() {
    return new Result(Map.copyOf(clients), Map.copyOf(admins), threads, List.copyOf(problems));
  }

  private boolean isConfigured(String name, ClientSettings settings) {
    if (!settings.isEmpty() || beans.configures(name)) {
      return true;
    }
    problems.add(
        "There is no configuration for "
            + ApplicationModel.describe(name)
            + ", which is used by "
            + String.join(", ", model.usersOf(name))
            + ". Set "
            + settings.key("baseUrl")
            + " and where its tokens come from, for example "
            + settings.key("brokerUrl")
            + ", or give it a TokenProvider bean.");
    return false;
  }

  private void make(String name, Configuration configuration) {
    ClientSettings settings = configuration.client(name);
    if (!isConfigured(name, settings)) {
      return;
    }
    int before = problems.size();
    ClientOptions.Builder builder = settings.client();
    beans.apply(name, settings, builder, problems);
    if (problems.size() > before || !configuration.problems().isEmpty()) {
      return; // its options are not what they should be: what they lead to is no news
    }
    try {
      ClientOptions options = builder.build();
      if (settings.connect() == ConnectMode.STARTUP && !hasTokens(options)) {
        problems.add(
            "There is no source of tokens for "
                + ApplicationModel.describe(name)
                + ", which is to connect at start-up. Set "
                + settings.key("brokerUrl")
                + ", "
                + settings.key("appSecret")
                + ", "
                + settings.key("token")
                + " or "
                + settings.key("developmentMode")
                + ", or give it a TokenProvider bean.");
        return;
      }
      if (managed.isPresent()
          && options.callbackExecutor().isEmpty()
          && !options.virtualThreads()) {
        options = builder.callbackExecutor(managed.get()).build();
      }
      Client client = Respoke.createClient(options);
      RunningClient running = new RunningClient(name, client, settings);
      clients.put(name, running);
      if (HealthApi.find().isPresent()) {
        running.observeHealth();
      }
      bridge(name, options).listen(client, model);
    } catch (IllegalArgumentException | IllegalStateException e) {
      problems.add(
          "Cannot make "
              + ApplicationModel.describe(name)
              + " ("
              + settings.key("*")
              + "): "
              + e.getMessage());
    }
  }

  private static boolean hasTokens(ClientOptions options) {
    return options.developmentMode()
        || options.tokenProvider().isPresent()
        || options.tokenProviderName().isPresent();
  }

  private EventBridge bridge(String name, ClientOptions options) {
    return new EventBridge(
        name,
        new Observers(container, name, model.narrowings(name)),
        requestContexts,
        callScopes,
        new AsyncLanes(threads, options.inboundLimit()));
  }

  private void administer(String name, Configuration configuration) {
    ClientSettings settings = configuration.client(name);
    if (!isConfigured(name, settings)) {
      return;
    }
    try {
      admins.put(name, Respoke.admin(settings.admin().build()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      problems.add(
          "Cannot make the administration client of "
              + ApplicationModel.describe(name)
              + " ("
              + settings.key("*")
              + "): "
              + e.getMessage());
    }
  }
}
