package io.respoke.cdi.runtime;

import io.respoke.cdi.RespokeClient;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The application's beans of a type that are meant for one client: those with its qualifier, or,
 * where there are none, those without any.
 *
 * @param named those with the client's qualifier
 * @param general those for every client
 */
record Candidates<T>(List<Instance.Handle<T>> named, List<Instance.Handle<T>> general) {
  static <T> Candidates<T> of(Instance<T> all, String client) {
    List<Instance.Handle<T>> named = new ArrayList<>();
    List<Instance.Handle<T>> general = new ArrayList<>();
    for (Instance.Handle<T> handle : all.handles()) {
      Bean<?> bean = handle.getBean();
      Optional<String> name =
          bean.getQualifiers().stream()
              .filter(RespokeClient.class::isInstance)
              .map(qualifier -> ((RespokeClient) qualifier).value())
              .findFirst();
      if (name.isPresent()) {
        if (name.get().equals(client)) {
          named.add(handle);
        }
      } else if (bean.getQualifiers().stream().anyMatch(Default.class::isInstance)) {
        general.add(handle);
      }
    }
    return new Candidates<>(named, general);
  }

  /** Those to choose from where there can be only one. */
  List<Instance.Handle<T>> best() {
    return named.isEmpty() ? general : named;
  }

  /** All that are for this client, the general ones first. */
  List<Instance.Handle<T>> all() {
    List<Instance.Handle<T>> all = new ArrayList<>(general);
    all.addAll(named);
    return all;
  }

  /** Which beans, for messages. */
  static <T> String describe(List<Instance.Handle<T>> handles) {
    return handles.stream().map(Candidates::describe).sorted().collect(Collectors.joining(", "));
  }

  static String describe(Instance.Handle<?> handle) {
    return handle.getBean().getBeanClass().getName();
  }
}
