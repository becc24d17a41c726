package io.respoke.architecture;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something of everything that {@link Signatures} writes. */
public sealed interface SignatureSample<T extends Number> extends Comparable<T> {
  int LIMIT = 3;

  @Deprecated
  default @Nullable T first(List<? extends @Nullable T> of, String... more) throws IOException {
    return of.get(more.length);
  }

  void plain(int[] a, Comparator<? super T> order);

  enum Colour {
    RED,
    GREEN;

    public boolean isWarm() {
      return this == RED;
    }

    boolean isHidden() {
      return false;
    }
  }

  abstract class Inner {
    protected final String[] @Nullable [] names;

    protected Inner(long id) {
      names = new String[(int) id][];
    }

    Inner() {
      this(1);
    }
  }

  record Leaf(@Nullable String text) implements SignatureSample<Integer> {
    @Override
    public int compareTo(Integer other) {
      return 0;
    }

    @Override
    public void plain(int[] a, Comparator<? super Integer> order) {}
  }
}
