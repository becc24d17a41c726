package io.respoke.tyrus;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.nio.channels.AsynchronousChannelGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the threads of Tyrus's JDK container some time after the last connection.
 *
 * <p>The container means to do so too. But it does not count out a connection that was refused, and
 * it has a scheduler for it whose one thread nobody ends: that keeps the class loader of each
 * application that brings Tyrus along. It starts the thread when it has counted its last connection
 * out, so it is made to count one more than there are, and its pool is shut down here. Connections
 * of others in that pool live on, and end it with the last of them.
 *
 * <p>Nothing but private fields leads to the count and the pool. Where they cannot be reached (as a
 * named module, in another version of Tyrus, with its other container) Tyrus does as it always did:
 * all works, and that thread stays.
 */
final class TyrusPool {
  private static final Logger LOG = System.getLogger(TyrusPool.class.getName());
  private static final String OWNER = "org.glassfish.tyrus.container.jdk.client.TransportFilter";
  private static final Duration IDLE = Duration.ofSeconds(2);

  private static final @Nullable TyrusPool POOL = find();

  /** Its lock is the class. */
  private final Class<?> owner;

  private final Field group;
  private int users;
  private long uses;

  private TyrusPool(Class<?> owner) throws ReflectiveOperationException {
    this.owner = owner;
    group = accessible(owner, "channelGroup");
    if (!AsynchronousChannelGroup.class.isAssignableFrom(group.getType())) {
      throw new NoSuchFieldException("channelGroup is a " + group.getType());
    }
    AtomicInteger connections = (AtomicInteger) accessible(owner, "openedConnections").get(null);
    synchronized (owner) {
      connections.incrementAndGet();
    }
  }

  private static Field accessible(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static @Nullable TyrusPool find() {
    try {
      return new TyrusPool(Class.forName(OWNER, true, TyrusPool.class.getClassLoader()));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "Tyrus ends its threads by itself here: {0}", e.toString());
      return null;
    }
  }

  /** Something begins that may need Tyrus's threads; {@link #done} must follow. */
  static void use() {
    TyrusPool pool = POOL;
    if (pool != null) {
      pool.begin();
    }
  }

  /** It is over. */
  static void done() {
    TyrusPool pool = POOL;
    if (pool != null) {
      pool.end();
    }
  }

  private synchronized void begin() {
    users++;
    uses++;
  }

  private synchronized void end() {
    users--;
    if (users == 0) {
      long last = uses;
      var unused = Deadlines.after(IDLE, () -> rest(last));
    }
  }

  /** Only when it was idle all the time: what has just ended may still close its socket. */
  private synchronized void rest(long last) {
    if (users > 0 || uses != last) {
      return;
    }
    try {
      synchronized (owner) {
        AsynchronousChannelGroup pool = (AsynchronousChannelGroup) group.get(null);
        group.set(null, null);
        if (pool != null) {
          pool.shutdown();
        }
      }
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.DEBUG, "Tyrus's threads stay", e);
    }
  }
}
