package io.respoke.examples.interop.driver;

import java.nio.file.Path;

/**
 * A browser tab with respoke.js and one client of it. The events are respoke.js's own: {@code
 * connect}, {@code disconnect}, {@code reconnect}, {@code message}, {@code presence}, {@code join},
 * {@code leave} of the client; {@code endpoint-message}, {@code endpoint-presence}, {@code
 * group-join}, {@code group-leave} and {@code group-message} of its endpoints and groups ({@code
 * js/page.js}). A tab on somebody else's page has no events; it is used by hand.
 */
public final class BrowserPage extends JavaScriptClient {
  private boolean open = true;

  /** A tab at {@code url}, or, when that is null, at the driver's own page. */
  BrowserPage(Driver driver, String target, String url) {
    super(driver, target);
    call("open", "url", url);
  }

  /** Types {@code text} into the field at a CSS selector. */
  public void fill(String selector, String text) {
    call("fill", "selector", selector, "text", text);
  }

  /** Clicks on what is at a CSS selector. */
  public void click(String selector) {
    call("click", "selector", selector);
  }

  /** Waits until {@code text} is in what is at a CSS selector. */
  public void awaitText(String selector, String text) {
    call("read", "selector", selector, "text", text);
  }

  /** Keeps how it looks now as a PNG file. */
  public void shoot(Path file) {
    call("shoot", "file", file.toAbsolutePath().toString());
  }

  /** Writes the respoke.js that the driver's own page uses to a file. */
  public void saveLibrary(Path file) {
    call("save", "file", file.toString());
  }

  /** Closes the tab, as a user does: nothing is said to the service first. */
  public void close() {
    if (open) {
      open = false;
      call("close");
      forget();
    }
  }
}
