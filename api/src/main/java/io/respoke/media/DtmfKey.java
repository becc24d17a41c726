package io.respoke.media;

/** The keys of a telephone, with the two frequencies of each (ITU-T Q.23). */
final class DtmfKey {
  static final int[] ROWS = {697, 770, 852, 941};
  static final int[] COLUMNS = {1209, 1336, 1477, 1633};

  private static final String KEYS = "123A456B789C*0#D";

  private DtmfKey() {}

  static char at(int row, int column) {
    return KEYS.charAt(row * 4 + column);
  }

  static double[] frequencies(char key) {
    int index = KEYS.indexOf(Character.toUpperCase(key));
    if (index < 0) {
      throw new IllegalArgumentException("key must be one of 0-9 A-D * #: " + key);
    }
    return new double[] {ROWS[index / 4], COLUMNS[index % 4]};
  }
}
