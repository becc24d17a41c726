package io.respoke.examples.supportdesk;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All that is not a file is below this path: {@code desk/api/tokens} is the broker's. */
@ApplicationPath("/desk")
public class DeskApplication extends Application {
  /** Made by the container. */
  public DeskApplication() {}
}
