package io.respoke.service;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role;
import io.respoke.service.routes.ServiceState;
import io.respoke.service.routes.WorkingSet;
import io.respoke.service.state.AdminSessions;
import io.respoke.service.state.AppEvents;
import io.respoke.service.state.AppRegistry;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Ids;
import io.respoke.service.state.Limits;
import io.respoke.service.state.PasswordHash;
import io.respoke.service.state.SessionStore;
import io.respoke.service.state.TokenStore;
import io.respoke.service.state.WebhookConfig;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.Storage;
import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StoredApp;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a service starts with: what its storage has, and on top of it what the options say, which
 * wins and is stored as well. An app without an id in the options is the stored one of its name.
 */
final class Start {
  private static final long STORE_SECONDS = 30;

  private final ServiceOptions options;
  private final Storage storage;
  private final long now;
  private final AppRegistry registry = new AppRegistry();
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final Map<String, StoredApp> storedApps = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<ServiceApp> apps = new ArrayList<>();
  private final ServiceState state;
  private final WorkingSet workingSet;

  private Start(ServiceOptions options, Storage storage) {
    this.options = options;
    this.storage = storage;
    this.now = options.clock() == null ? System.currentTimeMillis() : options.clock().now();
    List<Change> stored = storage.load();
    String accountId = accountId(stored);
    Limits limits = Limits.of(options.maxConnectionsPerApp(), options.maxGroupsPerApp());
    this.workingSet = new WorkingSet(accountId, registry, limits);
    stored.forEach(this::known);
    configuredAdministrators();
    configuredApps(accountId);
    this.state =
        new ServiceState(
            accountId,
            registry,
            new TokenStore(options.reusableTokens(), limits.pendingTokens()),
            new SessionStore(limits.sessions()),
            new AdminSessions(options.adminUsers(), hashes),
            limits);
  }

  /**
   * Reads and writes the storage.
   *
   * @throws ServiceStartException if that fails
   */
  static Start from(ServiceOptions options) {
    HistoryLimits history = options.historyLimits();
    Storage given = options.storage();
    Storage storage =
        given == null ? Storage.inMemory(history.messagesPerGroup(), history.groups()) : given;
    try {
      Start start = new Start(options, storage);
      if (!start.changes.isEmpty()) {
        Object unused =
            storage.store(start.changes).toCompletableFuture().get(STORE_SECONDS, TimeUnit.SECONDS);
      }
      return start;
    } catch (StorageException e) {
      throw new ServiceStartException("the storage cannot be used: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new ServiceStartException(
          "what the options say was not stored: " + (cause == null ? e : cause).getMessage(),
          cause);
    } catch (TimeoutException e) {
      throw new ServiceStartException("the storage did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceStartException("interrupted while starting", e);
    }
  }

  private String accountId(List<Change> stored) {
    for (Change change : stored) {
      if (change instanceof Change.AccountStored account) {
        return account.id();
      }
    }
    String id = Ids.upper();
    changes.add(new Change.AccountStored(id));
    return id;
  }

  private void known(Change change) {
    if (change instanceof Change.AdministratorStored administrator) {
      hashes.put(administrator.name(), administrator.passwordHash());
    } else if (change instanceof Change.AppStored app) {
      storedApps.put(app.app().id(), app.app());
    }
    changes.addAll(workingSet.apply(change));
  }

  private void add(Change change) {
    changes.add(change);
    changes.addAll(workingSet.apply(change));
  }

  /** Those of the options replace all others; memory needs no hash of what the options have. */
  private void configuredAdministrators() {
    Map<String, String> passwords = options.adminUsers();
    Map<String, String> given = options.adminHashes();
    if (passwords.isEmpty() && given.isEmpty()) {
      return;
    }
    hashes.keySet().stream()
        .filter(name -> !passwords.containsKey(name) && !given.containsKey(name))
        .forEach(name -> changes.add(new Change.AdministratorRemoved(name)));
    if (options.storage() != null) {
      passwords.forEach(
          (name, password) -> {
            String hash = hashes.get(name);
            if (hash == null || !PasswordHash.matches(hash, password)) {
              changes.add(new Change.AdministratorStored(name, PasswordHash.of(password)));
            }
          });
      given.forEach(
          (name, hash) -> {
            if (!hash.equals(hashes.get(name))) {
              changes.add(new Change.AdministratorStored(name, hash));
            }
          });
    }
    hashes.clear();
    hashes.putAll(given);
  }

  private void configuredApps(String accountId) {
    List<AppOptions> wanted = options.apps();
    if (wanted.isEmpty() && storedApps.isEmpty() && options.developmentApp()) {
      wanted = List.of(AppOptions.builder().build());
    }
    Map<String, StoredApp> free = new LinkedHashMap<>(storedApps);
    for (AppOptions app : wanted) {
      StoredApp old = match(app, free);
      if (old != null) {
        free.remove(old.id());
      } else if (app.id() != null && registry.byId(app.id()) != null) {
        throw new IllegalArgumentException("two apps have the id " + app.id());
      }
      String secret = app.secret();
      if (secret == null) {
        secret = old == null ? Ids.lower() : "";
      }
      refuseSecretOfAnother(app, old, secret);
      StoredApp merged = merged(app, old, secret);
      add(new Change.AppStored(merged));
      AppSpace space = space(merged.id());
      AppOptions.Webhook webhook = app.webhook();
      if (webhook != null) {
        add(webhook(space, webhook));
      }
      app.roles().forEach((name, role) -> addRole(space, name, role));
      apps.add(shown(space, secret, accountId));
    }
    for (StoredApp other : free.values()) {
      apps.add(shown(space(other.id()), "", accountId));
    }
  }

  /** An app that was given another id in the options is a new one; the old one still is there. */
  private void refuseSecretOfAnother(AppOptions app, @Nullable StoredApp old, String secret) {
    AppSpace owner = registry.bySecret(secret);
    if (owner != null
        && storedApps.containsKey(owner.app().id())
        && (old == null || !owner.app().id().equals(old.id()))) {
      throw new ServiceStartException(
          "the app "
              + (app.id() == null ? app.name() : app.id())
              + " has the same secret as the app "
              + owner.app().id()
              + " of an earlier start; give it a secret of its own, or the id of that app",
          null);
    }
  }

  /** The types that were chosen stay; the options name none. */
  private static Change webhook(AppSpace space, AppOptions.Webhook webhook) {
    WebhookConfig old = space.events().webhook();
    return new Change.WebhookStored(
        space.app().id(),
        webhook.url(),
        webhook.secret(),
        old == null ? AppEvents.TYPES : List.copyOf(old.types()));
  }

  private AppSpace space(String id) {
    AppSpace space = registry.byId(id);
    if (space == null) {
      throw new IllegalStateException("no app " + id);
    }
    return space;
  }

  private static @Nullable StoredApp match(AppOptions app, Map<String, StoredApp> free) {
    for (StoredApp old : free.values()) {
      String id = app.id();
      if (id == null ? old.name().equals(app.name()) : old.id().equalsIgnoreCase(id)) {
        return old;
      }
    }
    return null;
  }

  private StoredApp merged(AppOptions app, @Nullable StoredApp old, String secret) {
    Duration maxAge = app.historyMaxAge();
    String id = app.id() == null ? Ids.lower() : app.id();
    return new StoredApp(
        old == null ? id : old.id(),
        old != null && secret.isEmpty() ? old.secretDigest() : Ids.digest(secret),
        app.name(),
        old == null ? "" : old.description(),
        app.developmentMode(),
        app.permittedDomains(),
        app.allowRolelessTokens(),
        old == null ? Ids.upper() : old.defaultRoleId(),
        old == null ? Ids.upper() : old.developmentRoleId(),
        maxAge == null ? 0 : maxAge.toMillis(),
        app.historyPerGroup(),
        old == null ? now : old.createdAt());
  }

  private void addRole(AppSpace space, String name, JsonObject json) {
    JsonObject named = Json.object(json).add("name", name).build();
    Role old = space.roles().named(name);
    String oldId = old == null ? null : old.id();
    Role role = null;
    if (oldId != null && !space.roles().builtIn(oldId)) {
      role = space.roles().changed(oldId, named, now);
    } else if (space.roles().full()) {
      throw new IllegalArgumentException("too many roles");
    }
    if (role == null) {
      role = space.roles().draft(named, now);
    }
    String id = role.id();
    if (id != null) {
      add(new Change.RoleStored(space.app().id(), id, role.json()));
    }
  }

  private static ServiceApp shown(AppSpace space, String secret, String accountId) {
    return new ServiceApp(
        space.app().id(),
        secret,
        accountId,
        space.roles().defaultId(),
        space.app().developmentMode());
  }

  ServiceState state() {
    return state;
  }

  WorkingSet workingSet() {
    return workingSet;
  }

  Storage storage() {
    return storage;
  }

  List<ServiceApp> apps() {
    return List.copyOf(apps);
  }
}
