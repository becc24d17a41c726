package io.respoke.broker;

import io.respoke.MintedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /api/tokens} with a token for whom the container has authenticated, as the
 * {@link TokenPolicy} says. Takes a form or a JSON object, of which it reads {@code endpointId};
 * answers {@code token} and {@code tokenId}, which are the same, {@code endpointId} and {@code
 * expiresAt}. Errors are {@code {"error": …}} with the status that {@link TokenRefused} tells of.
 *
 * <p>The path follows the application's own. For another one extend this class, with a
 * {@code @Path} of its own. Blocks the request's thread until the service has answered.
 */
@Path("/api/tokens")
@ApplicationScoped
public class TokenResource {
  @Inject TokenBroker broker;

  /** Made by the container. */
  public TokenResource() {}

  /** Answers a request. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Response token(
      InputStream body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws IOException {
    Optional<String> caller = Optional.empty();
    Optional<String> endpointId = Optional.empty();
    try {
      Principal principal = authenticated(security.getUserPrincipal());
      caller = Optional.of(principal.getName());
      Map<String, String> fields = Fields.read(body, headers.getMediaType());
      TokenQuery query = new TokenQuery(principal, security::isUserInRole, fields);
      endpointId = query.endpointId();
      return answer(200, members(broker.issue(query)));
    } catch (Refusal refusal) {
      broker.refused(caller, endpointId, refusal);
      return answer(refusal.status(), Map.of("error", refusal.error()));
    }
  }

  private static Principal authenticated(@Nullable Principal principal) {
    String name = principal == null ? null : principal.getName();
    // Some containers have a principal without a name for who has not logged in.
    if (principal == null || name == null || name.isBlank()) {
      throw new Refusal(401, "Log in first.");
    }
    return principal;
  }

  private static Map<String, String> members(MintedToken minted) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("token", minted.token());
    members.put("tokenId", minted.token());
    members.put("endpointId", minted.endpointId());
    members.put("expiresAt", minted.expiresAt().toString());
    return members;
  }

  private static Response answer(int status, Map<String, String> members) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        // A token is good once: nothing on the way may keep it.
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(JsonText.write(members).getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
