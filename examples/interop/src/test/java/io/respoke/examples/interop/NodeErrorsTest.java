package io.respoke.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.examples.interop.driver.NodeAdmin;
import io.respoke.examples.interop.driver.RealClients;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("node")
class NodeErrorsTest {
  @RegisterExtension final RealClients clients = new RealClients();

  @Test
  void connecting_without_any_token_is_NoAuthenticationTokens() {
    NodeAdmin admin = clients.admin("admin");

    admin.call("auth.connect");

    assertEquals("NoAuthenticationTokens", admin.await("error").text("type"));
  }

  @Test
  void connecting_with_a_secret_and_no_endpoint_is_MissingEndpointIdAsAdmin() {
    NodeAdmin admin = clients.admin("admin", "App-Secret", "secret");

    admin.call("auth.connect");

    assertEquals("MissingEndpointIdAsAdmin", admin.await("error").text("type"));
  }
}
