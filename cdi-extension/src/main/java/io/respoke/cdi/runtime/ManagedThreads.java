package io.respoke.cdi.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The threads that a server keeps for its applications. They are looked up under the name that
 * Jakarta Concurrency gives them, which only threads of the server can; so at deployment, once.
 */
final class ManagedThreads {
  private static final Logger LOG = System.getLogger(ManagedThreads.class.getName());
  private static final String NAME = "java:comp/DefaultManagedExecutorService";

  private ManagedThreads() {}

  /** Those of the application whose thread this is, where there are any. */
  @SuppressWarnings("BanJNDI") // a constant name in the server's own namespace
  static Optional<Executor> find() {
    try {
      Object found = InitialContext.doLookup(NAME);
      return found instanceof Executor executor ? Optional.of(executor) : Optional.empty();
    } catch (NamingException | RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "No {0} here: {1}", NAME, e.toString());
      return Optional.empty();
    }
  }
}
