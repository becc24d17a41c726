package io.respoke.protocol;

/**
 * Text that is not what the protocol allows. The message carries a shortened, redacted copy of the
 * text ({@link Redaction}), so it is safe to log.
 */
public abstract class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The longest piece of offending text that a message quotes, in characters. */
  public static final int QUOTED_CHARACTERS = 80;

  ProtocolException(String problem, CharSequence text) {
    super(problem + ": " + quote(text));
  }

  ProtocolException(String problem, CharSequence text, Throwable cause) {
    super(problem + ": " + quote(text), cause);
  }

  private static String quote(CharSequence text) {
    if (text.length() <= QUOTED_CHARACTERS) {
      return '"' + visible(Redaction.redact(text.toString())) + '"';
    }
    // Redact before cutting: a cut through a secret would hide it from the pattern. The window is
    // wider than the quote so that a key just before the cut is still seen with its value.
    String window = text.subSequence(0, Math.min(text.length(), 4 * QUOTED_CHARACTERS)).toString();
    String safe = Redaction.redact(window);
    String head = visible(safe.substring(0, Math.min(safe.length(), QUOTED_CHARACTERS)));
    return '"' + head + "…\" (" + text.length() + " characters)";
  }

  /** Without what breaks a line of a log or a terminal: control characters, lone surrogates. */
  private static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    out.append(String.format("\\u%04x", c));
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
