package io.respoke.bootstrap;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the {@link ClientProvider}. */
public final class ClientProviders {
  private ClientProviders() {}

  /**
   * The one provider visible to {@code explicit} (if given), the context class loader, or the
   * loader of this class, in this order.
   *
   * @throws IllegalStateException if there is none, naming the artifact to add, or more than one
   */
  public static ClientProvider find(@Nullable ClassLoader explicit) {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    if (explicit != null) {
      loaders.add(explicit);
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(ClientProviders.class.getClassLoader());
    for (ClassLoader loader : loaders) {
      List<ClientProvider> found = new ArrayList<>();
      Iterator<ClientProvider> providers =
          ServiceLoader.load(ClientProvider.class, loader).iterator();
      providers.forEachRemaining(found::add);
      if (found.size() == 1) {
        return found.get(0);
      }
      if (found.size() > 1) {
        throw new IllegalStateException(
            "More than one Respoke engine: "
                + found.stream().map(p -> p.getClass().getName()).toList()
                + ". Keep one on the class path or module path.");
      }
    }
    throw new IllegalStateException(
        "No Respoke engine found. Add io.respoke:respoke-impl-tyrus (it brings respoke-core) to the"
            + " class path or module path.");
  }
}
