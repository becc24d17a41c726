package io.respoke.core.plugin;

import io.respoke.Plugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a plug-in: an explicit instance, else the named one, else the available one of highest
 * priority. None, or two equals, is an error that says what to do.
 *
 * @param <P> the kind of plug-in
 */
public final class ProviderSelector<P extends Plugin> {
  private final Class<P> kind;
  private final String what;
  private final String remedy;
  private final Function<ClassLoader, ? extends Iterable<P>> loading;

  /**
   * A selector.
   *
   * @param what the kind in words, for messages
   * @param remedy what to do when there is none
   * @param loading loads the kind; given by the caller because a service is looked up on behalf of
   *     the module that declares its use
   */
  public ProviderSelector(
      Class<P> kind,
      String what,
      String remedy,
      Function<ClassLoader, ? extends Iterable<P>> loading) {
    this.kind = kind;
    this.what = what;
    this.remedy = remedy;
    this.loading = loading;
  }

  /**
   * The plug-in to use.
   *
   * @param explicit the instances given in the options, of any kind
   * @param name the name given in the options, or {@code null}
   * @param loaders where to look, in this order
   * @throws IllegalStateException if there is no single best one
   */
  public P select(List<Plugin> explicit, @Nullable String name, List<ClassLoader> loaders) {
    List<P> given = given(explicit);
    if (name != null) {
      List<P> all = new ArrayList<>(given);
      all.addAll(find(loaders));
      return named(name, all);
    }
    if (!given.isEmpty()) {
      return best(given);
    }
    List<P> available = find(loaders).stream().filter(Plugin::isAvailable).toList();
    if (available.isEmpty()) {
      throw new IllegalStateException("No " + what + " found. " + remedy);
    }
    return best(available);
  }

  /**
   * All plug-ins, explicit ones first; those that are found only where no explicit one has their
   * name.
   */
  public List<P> all(List<Plugin> explicit, List<ClassLoader> loaders) {
    List<P> all = new ArrayList<>(given(explicit));
    Set<String> given = all.stream().map(Plugin::name).collect(Collectors.toSet());
    find(loaders).stream()
        .filter(found -> found.isAvailable() && !given.contains(found.name()))
        .forEach(all::add);
    return List.copyOf(all);
  }

  private List<P> given(List<Plugin> explicit) {
    return explicit.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private P named(String name, List<P> candidates) {
    Optional<P> found = candidates.stream().filter(p -> p.name().equals(name)).findFirst();
    return found.orElseThrow(
        () ->
            new IllegalStateException(
                String.format(
                    "No %s is named \"%s\"; found: %s. %s",
                    what,
                    name,
                    candidates.isEmpty()
                        ? "none"
                        : String.join(", ", candidates.stream().map(Plugin::name).toList()),
                    remedy)));
  }

  private P best(List<P> candidates) {
    P best = candidates.stream().max(Comparator.comparingInt(Plugin::priority)).orElseThrow();
    List<String> equals =
        candidates.stream()
            .filter(p -> p.priority() == best.priority())
            .map(p -> p.name() + " (" + p.getClass().getName() + ")")
            .toList();
    if (equals.size() > 1) {
      throw new IllegalStateException(
          String.format(
              "More than one %s of priority %d: %s. Name the one to use in the options, or leave one"
                  + " out.",
              what, best.priority(), String.join(", ", equals)));
    }
    return best;
  }

  private List<P> find(List<ClassLoader> loaders) {
    // The same plug-in is often visible to several loaders: each class counts once.
    Map<Class<?>, P> found = new LinkedHashMap<>();
    Set<ClassLoader> distinct = new LinkedHashSet<>(loaders);
    for (ClassLoader loader : distinct) {
      try {
        for (P plugin : loading.apply(loader)) {
          found.putIfAbsent(plugin.getClass(), plugin);
        }
      } catch (ServiceConfigurationError e) {
        throw new IllegalStateException("A " + what + " cannot be loaded: " + e.getMessage(), e);
      }
    }
    return List.copyOf(found.values());
  }
}
