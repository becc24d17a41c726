package io.respoke.cdi.runtime;

import io.respoke.Admin;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.cdi.config.ClientSettings;
import io.respoke.cdi.config.Configuration;
import io.respoke.cdi.config.ConnectMode;
import io.respoke.cdi.config.PropertySource;
import io.respoke.cdi.model.ApplicationModel;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one application, from its deployment to its end. Both kinds of extension put this
 * bean into the container and do nothing else with clients.
 */
@Singleton
public class Clients {
  private static final Logger LOG = System.getLogger(Clients.class.getName());

  private final BeanContainer container;
  private final ApplicationModel model;
  private final PluginBeans beans;
  private final RequestContexts requestContexts;
  private final Map<String, RunningClient> clients = new TreeMap<>();
  private final Map<String, Admin> admins = new TreeMap<>();
  private @Nullable ObserverThreads observerThreads;
  private @Nullable List<String> problems;
  private boolean stopped;

  @Inject
  public Clients(
      BeanContainer container,
      ApplicationModel model,
      PluginBeans beans,
      Instance<RequestContextController> requestContexts) {
    this.container = container;
    this.model = model;
    this.beans = beans;
    this.requestContexts = new RequestContexts(requestContexts);
  }

  /**
   * Makes all clients, without connecting them. Does so once.
   *
   * @return everything that is wrong; if anything is, there are no clients
   */
  public synchronized List<String> deploy() {
    if (problems != null) {
      return problems;
    }
    List<String> found = new ArrayList<>(model.problems());
    Set<String> named = new TreeSet<>(model.namedClients());
    named.addAll(model.admins().keySet());
    Configuration configuration = Configuration.read(PropertySource.present().entries(), named);
    found.addAll(configuration.problems());
    found.addAll(configuration.disagreements(model));
    for (String name : toMake(configuration)) {
      make(name, configuration, found);
    }
    for (String name : model.admins().keySet()) {
      administer(name, configuration, found);
    }
    configuration.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    if (!found.isEmpty()) {
      close();
    }
    problems = List.copyOf(found);
    return problems;
  }

  private Set<String> toMake(Configuration configuration) {
    Set<String> names = new TreeSet<>(model.namedClients());
    if (model.observesAll()) {
      names.addAll(configuration.clients().keySet());
      names.removeAll(model.ownBeans().keySet());
      if (names.isEmpty() && model.ownBeans().isEmpty()) {
        names.add("");
      }
    }
    return names;
  }

  private boolean isConfigured(String name, ClientSettings settings, List<String> found) {
    if (!settings.isEmpty() || beans.configures(name)) {
      return true;
    }
    found.add(
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

  private void make(String name, Configuration configuration, List<String> found) {
    ClientSettings settings = configuration.client(name);
    if (!isConfigured(name, settings, found)) {
      return;
    }
    int before = found.size();
    ClientOptions.Builder builder = settings.client();
    beans.apply(name, settings, builder, found);
    if (found.size() > before || !configuration.problems().isEmpty()) {
      return; // its options are not what they should be: what they lead to is no news
    }
    try {
      ClientOptions options = builder.build();
      if (settings.connect() == ConnectMode.STARTUP && !hasTokens(options)) {
        found.add(
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
      Client client = Respoke.createClient(options);
      clients.put(name, new RunningClient(name, client, settings));
      bridge(name, options).listen(client, model);
    } catch (IllegalArgumentException | IllegalStateException e) {
      found.add(
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
    if (observerThreads == null) {
      observerThreads = new ObserverThreads();
    }
    return new EventBridge(
        name,
        new Observers(container, name, model.narrowings(name)),
        requestContexts,
        new AsyncLanes(observerThreads, options.inboundLimit()));
  }

  private void administer(String name, Configuration configuration, List<String> found) {
    ClientSettings settings = configuration.client(name);
    if (!isConfigured(name, settings, found)) {
      return;
    }
    try {
      admins.put(name, Respoke.admin(settings.admin().build()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      found.add(
          "Cannot make the administration client of "
              + ApplicationModel.describe(name)
              + " ("
              + settings.key("*")
              + "): "
              + e.getMessage());
    }
  }

  /**
   * Connects the clients that are to connect at start-up.
   *
   * @throws DeploymentException if anything is wrong, or a connect that is required fails
   */
  public void start() {
    List<RunningClient> all;
    synchronized (this) {
      check();
      all = List.copyOf(clients.values());
    }
    try {
      all.forEach(RunningClient::start);
      all.forEach(RunningClient::awaitRequired);
    } catch (DeploymentException e) {
      stop();
      throw e;
    }
  }

  private void check() {
    List<String> found = deploy();
    if (!found.isEmpty()) {
      throw new DeploymentException(String.join(System.lineSeparator(), found));
    }
  }

  /** The client for an injection point; one that connects on first use does so now. */
  public Client client(String name) {
    RunningClient running;
    synchronized (this) {
      check();
      running = clients.get(name);
    }
    if (running == null) {
      throw new IllegalStateException(
          "Nothing asked for "
              + ApplicationModel.describe(name)
              + " when the application was deployed");
    }
    running.use();
    return running.client();
  }

  /** The administration client for an injection point. */
  public synchronized Admin admin(String name) {
    check();
    Admin admin = admins.get(name);
    if (admin == null) {
      throw new IllegalStateException(
          "Nothing asked for the administration client of "
              + ApplicationModel.describe(name)
              + " when the application was deployed");
    }
    return admin;
  }

  /** Closes all clients, side by side and in bounded time. Idempotent. */
  public void stop() {
    synchronized (this) {
      if (stopped) {
        return;
      }
      stopped = true;
    }
    close();
  }

  private void close() {
    List<RunningClient> all;
    ObserverThreads threads;
    synchronized (this) {
      all = List.copyOf(clients.values());
      threads = observerThreads;
    }
    RunningClient.close(all);
    if (threads != null) {
      threads.close();
    }
    beans.release();
  }
}
