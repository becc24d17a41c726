package io.respoke.cdi.model;

import io.respoke.event.RespokeEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an application asks for: both kinds of extension gather it, and everything after that is the
 * same.
 *
 * @param clients the clients that are injected, by name, with the injection points
 * @param admins the administration clients that are injected, by name, with the injection points
 * @param observers the observers that may be told of events
 * @param ownBeans beans of the application that are clients themselves: by name, which
 * @param callScoped whether there are beans of the scope of a call
 */
public record ApplicationModel(
    Map<String, Set<String>> clients,
    Map<String, Set<String>> admins,
    List<ObserverSpec> observers,
    Map<String, Set<String>> ownBeans,
    boolean callScoped) {
  /** Copies what it is given. */
  public ApplicationModel {
    clients = copy(clients);
    admins = copy(admins);
    observers = List.copyOf(observers);
    ownBeans = copy(ownBeans);
  }

  private static Map<String, Set<String>> copy(Map<String, Set<String>> map) {
    Map<String, Set<String>> copy = new TreeMap<>();
    map.forEach((name, places) -> copy.put(name, new TreeSet<>(places)));
    return copy;
  }

  /** The clients that an injection point or an observer names. */
  public Set<String> namedClients() {
    Set<String> names = new TreeSet<>(clients.keySet());
    observers.forEach(observer -> observer.client().ifPresent(names::add));
    names.removeAll(ownBeans.keySet());
    return names;
  }

  /** Whether an observer takes the events of whatever clients there are. */
  public boolean observesAll() {
    return observers.stream().anyMatch(observer -> observer.client().isEmpty());
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return clients.isEmpty() && admins.isEmpty() && observers.isEmpty();
  }

  /** Where a client is injected or observed, for messages. */
  public Set<String> usersOf(String client) {
    Set<String> places = new TreeSet<>(clients.getOrDefault(client, Set.of()));
    places.addAll(admins.getOrDefault(client, Set.of()));
    for (ObserverSpec observer : observers) {
      if (observer.client().map(client::equals).orElse(true)) {
        places.add(observer.where());
      }
    }
    return places;
  }

  /** The records of a client that some observer wants. */
  public Set<Class<? extends RespokeEvent>> wanted(String client) {
    Set<Class<? extends RespokeEvent>> wanted = new LinkedHashSet<>();
    for (ObserverSpec observer : observersOf(client)) {
      wanted.addAll(observer.records());
    }
    return wanted;
  }

  /** The qualifiers by value that observers of a client name. */
  public Set<Narrowing> narrowings(String client) {
    Set<Narrowing> all = new LinkedHashSet<>();
    observersOf(client).forEach(observer -> all.addAll(observer.narrowings()));
    return all;
  }

  private List<ObserverSpec> observersOf(String client) {
    return observers.stream()
        .filter(observer -> observer.client().map(client::equals).orElse(true))
        .toList();
  }

  /** What cannot work, whatever the configuration says. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    observers.forEach(observer -> observer.problem().ifPresent(problems::add));
    ownBeans.forEach(
        (name, beans) -> {
          if (clients.containsKey(name) && beans.size() > 1) {
            problems.add(
                "There is more than one Client for "
                    + describe(name)
                    + ": "
                    + String.join(", ", beans)
                    + "; injected into "
                    + String.join(", ", clients.get(name))
                    + ". Keep one, or tell them apart with @RespokeClient(\"name\").");
          }
        });
    return problems;
  }

  /** A client in words. */
  public static String describe(String client) {
    return client.isEmpty() ? "the default client" : "the client \"" + client + "\"";
  }
}
