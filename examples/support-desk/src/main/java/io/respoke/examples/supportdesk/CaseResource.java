package io.respoke.examples.supportdesk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** What was said so far, for a page that is opened again. */
@Path("/api/case")
@ApplicationScoped
public class CaseResource {
  @Inject Cases cases;

  /** Made by the container. */
  public CaseResource() {}

  /** The lines of the caller's own case. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response lines(@Context SecurityContext security) {
    if (security.getUserPrincipal() == null) {
      return Response.status(401).build();
    }
    String visitor = security.getUserPrincipal().getName();
    List<String> lines = cases.lines(visitor).toCompletableFuture().join();
    return Response.ok(Json.createArrayBuilder(lines).build().toString()).build();
  }
}
