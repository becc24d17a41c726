package io.respoke.cdi.suite.se;

import java.util.Hashtable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** A server's naming with nothing in it but its threads, which know no application. */
public final class ManagedThreadsOfTests implements InitialContextFactory {
  static final String NAME = "managed-";

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(ManagedThreadsOfTests::thread);

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setName(NAME + thread.getId());
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** Whether somebody has ended them, which is not theirs to do. */
  static boolean hasEnded() {
    return THREADS.isShutdown();
  }

  @Override
  public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
    return new InitialContext(true) {
      @Override
      public Object lookup(String name) throws NamingException {
        if (name.equals("java:comp/DefaultManagedExecutorService")) {
          return THREADS;
        }
        throw new NameNotFoundException(name);
      }
    };
  }
}
