package io.respoke.cdi.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects an {@link ApplicationModel}. Safe for use by several threads. */
public final class ModelBuilder {
  private final Map<String, Set<String>> clients = new TreeMap<>();
  private final Map<String, Set<String>> admins = new TreeMap<>();
  private final Set<ObserverSpec> observers = new LinkedHashSet<>();
  private final Map<String, Set<String>> ownBeans = new TreeMap<>();
  private boolean callScoped;

  /** An injection point of a client. */
  public synchronized void client(String name, String where) {
    clients.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(where);
  }

  /** An injection point of an administration client. */
  public synchronized void admin(String name, String where) {
    admins.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(where);
  }

  /** An observer; one that has nothing to do with this library is ignored. */
  public synchronized void observer(ObserverSpec observer) {
    if (observer.isOurs()) {
      observers.add(observer);
    }
  }

  /** A bean of the application that is a client. */
  public synchronized void ownBean(String name, String which) {
    ownBeans.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(which);
  }

  /** A bean of the scope of a call. */
  public synchronized void callScoped() {
    callScoped = true;
  }

  /** What was collected so far. */
  public synchronized ApplicationModel build() {
    return new ApplicationModel(clients, admins, new ArrayList<>(observers), ownBeans, callScoped);
  }

  /**
   * What was collected, as text that {@link #decode} reads: what is known when building is needed
   * when running.
   */
  public synchronized String[] encode() {
    List<String> lines = new ArrayList<>();
    add(lines, "client", clients);
    add(lines, "admin", admins);
    add(lines, "own", ownBeans);
    if (callScoped) {
      lines.add(joined(List.of("callScoped")));
    }
    for (ObserverSpec observer : observers) {
      List<String> line = new ArrayList<>();
      line.add("observer");
      line.add(observer.eventType());
      line.add(observer.where());
      line.add(observer.client().map(name -> "=" + name).orElse(""));
      for (Narrowing narrowing : observer.narrowings()) {
        line.add(narrowing.kind().name());
        line.add(narrowing.value());
      }
      lines.add(joined(line));
    }
    return lines.toArray(String[]::new);
  }

  private static void add(List<String> lines, String kind, Map<String, Set<String>> named) {
    named.forEach(
        (name, places) -> places.forEach(where -> lines.add(joined(List.of(kind, name, where)))));
  }

  private static String joined(List<String> fields) {
    StringBuilder line = new StringBuilder();
    for (String field : fields) {
      line.append(field.length()).append(':').append(field);
    }
    return line.toString();
  }

  private static List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    for (int at = 0; at < line.length(); ) {
      int colon = line.indexOf(':', at);
      int end = colon + 1 + Integer.parseInt(line.substring(at, colon));
      fields.add(line.substring(colon + 1, end));
      at = end;
    }
    return fields;
  }

  /** The model behind the text of {@link #encode}. */
  public static ApplicationModel decode(String[] lines) {
    ModelBuilder builder = new ModelBuilder();
    for (String line : lines) {
      List<String> fields = split(line);
      switch (fields.get(0)) {
        case "client" -> builder.client(fields.get(1), fields.get(2));
        case "admin" -> builder.admin(fields.get(1), fields.get(2));
        case "own" -> builder.ownBean(fields.get(1), fields.get(2));
        case "callScoped" -> builder.callScoped();
        default -> builder.observer(observer(fields));
      }
    }
    return builder.build();
  }

  private static ObserverSpec observer(List<String> fields) {
    Set<Narrowing> narrowings = new LinkedHashSet<>();
    for (int i = 4; i < fields.size(); i += 2) {
      narrowings.add(new Narrowing(Narrowing.Kind.valueOf(fields.get(i)), fields.get(i + 1)));
    }
    String client = fields.get(3);
    return new ObserverSpec(
        fields.get(1),
        client.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(client.substring(1)),
        narrowings,
        fields.get(2));
  }
}
