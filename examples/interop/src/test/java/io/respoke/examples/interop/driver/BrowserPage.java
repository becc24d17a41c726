package io.respoke.examples.interop.driver;

/**
 * A browser tab with respoke.js and one client of it. The events are respoke.js's own: {@code
 * connect}, {@code disconnect}, {@code reconnect}, {@code message}, {@code presence}, {@code join},
 * {@code leave} of the client; {@code endpoint-message}, {@code endpoint-presence}, {@code
 * group-join}, {@code group-leave} and {@code group-message} of its endpoints and groups ({@code
 * js/page.js}).
 */
public final class BrowserPage extends JavaScriptClient {
  private boolean open = true;

  BrowserPage(Driver driver, String target) {
    super(driver, target);
    call("open");
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
