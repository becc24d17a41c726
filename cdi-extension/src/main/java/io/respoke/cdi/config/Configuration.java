package io.respoke.cdi.config;

import io.respoke.cdi.model.ApplicationModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all clients, and everything that is wrong with them.
 *
 * @param clients by name; the default client's name is empty
 * @param problems what keeps the application from being deployed, one sentence or two each
 * @param warnings what is only worth a line in the log
 */
public record Configuration(
    Map<String, ClientSettings> clients, List<String> problems, List<String> warnings) {
  /** Settings of others that share the prefix. */
  private static final List<String> NOT_CLIENTS = List.of("service", "webrtc", "broker");

  private static final String CLIENTS = "clients.";

  /** A property and the setting it gives. */
  private record Given(Entry entry, Attribute attribute, String name) {}

  /**
   * Reads properties.
   *
   * @param entries the properties, in any order
   * @param known the clients that the application names; the environment can only spell these
   */
  public static Configuration read(List<Entry> entries, Set<String> known) {
    Reader reader = new Reader(entries, known);
    entries.stream()
        .sorted(Comparator.comparingInt(Entry::ordinal).reversed().thenComparing(Entry::key))
        .forEach(reader::read);
    return reader.result();
  }

  /** Reads what is configured for an application now. */
  public static Configuration present(ApplicationModel model) {
    Set<String> named = new TreeSet<>(model.namedClients());
    named.addAll(model.admins().keySet());
    return read(PropertySource.present().entries(), named);
  }

  /** The settings of a client; none are given if no property names it. */
  public ClientSettings client(String name) {
    ClientSettings settings = clients.get(name);
    return settings == null ? new ClientSettings(name, new Draft(), Set.of(), false) : settings;
  }

  private static final class Reader {
    private final Map<String, Map<String, Given>> given = new TreeMap<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> wrongNames = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Reader(List<Entry> entries, Set<String> known) {
      names.addAll(known);
      for (Entry entry : entries) {
        if (!entry.environment() && entry.key().startsWith("respoke." + CLIENTS)) {
          split(entry.key().substring(("respoke." + CLIENTS).length()))
              .ifPresent(parts -> names.add(parts.getKey()));
        }
      }
    }

    void read(Entry entry) {
      if (entry.environment() && entry.key().startsWith("RESPOKE_")) {
        readEnvironment(entry);
      } else if (entry.key().startsWith("respoke.")) {
        readProperty(entry, entry.key().substring("respoke.".length()));
      }
    }

    private void readProperty(Entry entry, String rest) {
      if (NOT_CLIENTS.stream().anyMatch(other -> rest.startsWith(other + '.'))) {
        return;
      }
      if (!rest.startsWith(CLIENTS)) {
        property(entry, "", rest);
        return;
      }
      Optional<Map.Entry<String, String>> parts = split(rest.substring(CLIENTS.length()));
      if (parts.isEmpty()) {
        unknown(entry, "");
      } else {
        property(entry, parts.get().getKey(), parts.get().getValue());
      }
    }

    private void property(Entry entry, String client, String rest) {
      for (Attribute attribute : Attribute.ALL) {
        if (attribute.takesName() && isPrefix(attribute, rest)) {
          String name = rest.substring(rest.indexOf('.') + 1);
          add(client, new Given(entry, attribute, name));
          return;
        }
      }
      Attribute attribute = Attribute.BY_SIMPLE_NAME.get(Attribute.simple(rest));
      if (attribute == null || attribute.takesName()) {
        unknown(entry, client);
      } else {
        add(client, new Given(entry, attribute, ""));
      }
    }

    private static boolean isPrefix(Attribute attribute, String rest) {
      int dot = rest.indexOf('.');
      return dot > 0
          && dot < rest.length() - 1
          && Attribute.simple(rest.substring(0, dot)).equals(Attribute.simple(attribute.name()));
    }

    private void readEnvironment(Entry entry) {
      String rest = entry.key().substring("RESPOKE_".length());
      if (NOT_CLIENTS.stream()
          .anyMatch(other -> rest.startsWith(other.toUpperCase(Locale.ROOT) + '_'))) {
        return;
      }
      String client = "";
      String attributeName = rest;
      if (rest.startsWith("CLIENTS_")) {
        String named = rest.substring("CLIENTS_".length());
        String best = null;
        for (String name : names) {
          if (named.startsWith(environmentName(name) + '_')
              && (best == null || name.length() > best.length())) {
            best = name;
          }
        }
        if (best == null) {
          warn(entry, "is for a client that the application does not have");
          return;
        }
        client = best;
        attributeName = named.substring(environmentName(best).length() + 1);
      }
      Attribute attribute = Attribute.BY_SIMPLE_NAME.get(Attribute.simple(attributeName));
      if (attribute == null || attribute.takesName()) {
        warn(entry, "is no setting of Respoke");
      } else {
        add(client, new Given(entry, attribute, ""));
      }
    }

    private static String environmentName(String client) {
      return client.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private void warn(Entry entry, String what) {
      warnings.add("The environment variable " + entry.key() + ' ' + what + "; it is ignored.");
    }

    private void add(String client, Given candidate) {
      String setting = candidate.attribute().name() + candidate.name();
      Map<String, Given> settings = given.computeIfAbsent(client, c -> new LinkedHashMap<>());
      Given better = settings.putIfAbsent(setting, candidate);
      if (better != null
          && better.entry().ordinal() == candidate.entry().ordinal()
          && !better.entry().value().equals(candidate.entry().value())) {
        problems.add(
            candidate.entry().key()
                + " and "
                + better.entry().key()
                + " (from "
                + candidate.entry().source()
                + ") are the same setting with different values. Keep one.");
      }
    }

    private void unknown(Entry entry, String client) {
      if (entry.environment()) {
        warn(entry, "is no setting of Respoke");
        return;
      }
      if (!wrongNames.add(entry.key())) {
        return;
      }
      String last = entry.key().substring(entry.key().lastIndexOf('.') + 1);
      String nearest = nearest(last);
      problems.add(
          entry.key()
              + " (from "
              + entry.source()
              + ") is no setting of Respoke."
              + (nearest == null
                  ? ""
                  : " Did you mean " + ClientSettings.key(client, nearest) + "?")
              + " The settings are: "
              + Attribute.ALL.stream()
                  .map(a -> a.takesName() ? a.name() + "<name>" : a.name())
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ".");
    }

    private static @Nullable String nearest(String name) {
      String nearest = null;
      int least = 3;
      for (Attribute attribute : Attribute.ALL) {
        int distance = distance(Attribute.simple(name), Attribute.simple(attribute.name()));
        if (distance < least && !attribute.takesName()) {
          least = distance;
          nearest = attribute.name();
        }
      }
      return nearest;
    }

    private static int distance(String a, String b) {
      int[] row = new int[b.length() + 1];
      for (int j = 0; j <= b.length(); j++) {
        row[j] = j;
      }
      for (int i = 1; i <= a.length(); i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b.length(); j++) {
          int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
          diagonal = row[j];
          row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
        }
      }
      return row[b.length()];
    }

    Configuration result() {
      Map<String, ClientSettings> clients = new HashMap<>();
      given.forEach((client, settings) -> clients.put(client, settings(client, settings)));
      return new Configuration(Map.copyOf(clients), List.copyOf(problems), List.copyOf(warnings));
    }

    private ClientSettings settings(String client, Map<String, Given> settings) {
      Draft draft = new Draft();
      int before = problems.size();
      settings.values().forEach(one -> set(draft, one));
      withoutEffect(client, settings);
      if (problems.size() == before) {
        try {
          draft.finish();
        } catch (IllegalArgumentException | IllegalStateException e) {
          problems.add(
              "The settings "
                  + ClientSettings.key(client, "*")
                  + " do not go together: "
                  + e.getMessage());
        }
      }
      Set<String> names = new TreeSet<>();
      settings.values().forEach(one -> names.add(one.attribute().name()));
      boolean ambient = settings.values().stream().allMatch(one -> one.entry().environment());
      return new ClientSettings(client, draft, names, ambient);
    }

    private void set(Draft draft, Given one) {
      Attribute attribute = one.attribute();
      String value = one.entry().value().strip();
      try {
        if (value.isEmpty()) {
          throw new IllegalArgumentException("empty");
        }
        attribute.set().set(draft, one.name(), value);
      } catch (IllegalArgumentException e) {
        problems.add(
            one.entry().key()
                + " = "
                + (attribute.secret() ? "(not shown)" : '"' + value + '"')
                + " (from "
                + one.entry().source()
                + ") is not valid. Allowed: "
                + attribute.allowed()
                + ".");
      }
    }

    /** Settings that nobody would look at, because another one decides. */
    private void withoutEffect(String client, Map<String, Given> settings) {
      Given decides = null;
      for (String source : List.of("brokerUrl", "tokenProvider", "token")) {
        Given one = settings.get(source);
        if (one != null && decides != null) {
          noEffect(one, "tokens come from " + decides.entry().key());
        } else if (one != null) {
          decides = one;
        }
      }
      Given development = settings.get("developmentMode");
      if (development != null
          && development.entry().value().strip().equalsIgnoreCase("true")
          && decides != null) {
        noEffect(decides, development.entry().key() + " lets the client mint its own tokens");
      }
      for (String minting : List.of("roleId", "roleName", "ttl")) {
        needs(client, settings, minting, "appSecret");
      }
      if (settings.containsKey("roleId")) {
        Given name = settings.get("roleName");
        if (name != null) {
          noEffect(name, ClientSettings.key(client, "roleId") + " says the role");
        }
      }
      needs(client, settings, "proxy.port", "proxy.host");
      needs(client, settings, "proxy.authorization", "proxy.host");
      needs(client, settings, "proxy.host", "proxy.port");
      for (Given one : settings.values()) {
        if (one.attribute().name().equals("tokenProviderSettings.")
            && !settings.containsKey("tokenProvider")) {
          noEffect(one, ClientSettings.key(client, "tokenProvider") + " is not set");
        }
      }
    }

    private void needs(String client, Map<String, Given> settings, String one, String other) {
      Given given = settings.get(one);
      if (given != null && !settings.containsKey(other)) {
        noEffect(given, ClientSettings.key(client, other) + " is not set");
      }
    }

    private void noEffect(Given one, String why) {
      problems.add(
          one.entry().key()
              + " (from "
              + one.entry().source()
              + ") changes nothing: "
              + why
              + ". Remove one, or add what is missing.");
    }

    /** A client's name and what follows it. */
    private static Optional<Map.Entry<String, String>> split(String rest) {
      int end;
      String name;
      if (rest.startsWith("\"")) {
        int quote = rest.indexOf('"', 1);
        if (quote < 0) {
          return Optional.empty();
        }
        name = rest.substring(1, quote);
        end = quote + 1;
      } else {
        end = rest.indexOf('.');
        name = end < 0 ? rest : rest.substring(0, end);
      }
      return name.isEmpty() || end < 0 || end >= rest.length() - 1 || rest.charAt(end) != '.'
          ? Optional.empty()
          : Optional.of(Map.entry(name, rest.substring(end + 1)));
    }
  }

  /** The clients that there are in an application. */
  public Set<String> clientsOf(ApplicationModel model) {
    Set<String> names = new TreeSet<>(model.namedClients());
    if (model.observesAll()) {
      names.addAll(clients.keySet());
      names.removeAll(model.ownBeans().keySet());
      if (names.isEmpty() && model.ownBeans().isEmpty()) {
        names.add("");
      }
    }
    return names;
  }

  /** Problems of clients that the model and the configuration do not agree on. */
  public List<String> disagreements(ApplicationModel model) {
    List<String> all = new ArrayList<>();
    clients.forEach(
        (name, settings) -> {
          if (model.ownBeans().containsKey(name) && !settings.isAmbient()) {
            all.add(
                settings.key("*")
                    + " changes nothing: "
                    + String.join(", ", model.ownBeans().get(name))
                    + " is "
                    + ApplicationModel.describe(name)
                    + ". Remove the settings or the bean.");
          } else if (model.usersOf(name).isEmpty() && !settings.isAmbient()) {
            all.add(
                settings.key("*")
                    + " is configured ("
                    + settings
                    + "), but nothing injects or observes "
                    + ApplicationModel.describe(name)
                    + ". Inject it, observe its events, or remove the settings.");
          }
        });
    return all;
  }
}
