package io.respoke.examples.supportdesk;

import io.respoke.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The login of this example: a name of one's own choice, and one password for all. */
@Path("/api/login")
@ApplicationScoped
public class LoginResource {
  static final String COOKIE = "desk-login";

  @Inject Client client;
  @Inject Logins logins;

  @Inject
  @ConfigProperty(name = "desk.password")
  String password;

  /** Made by the container. */
  public LoginResource() {}

  /** Answers with a cookie, and with what the page needs to know. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.APPLICATION_JSON)
  public Response logIn(
      @FormParam("name") String name,
      @FormParam("password") String given,
      @Context SecurityContext security) {
    if (name == null || given == null || !People.isName(name) || !isPassword(given)) {
      return Response.status(401)
          .entity(
              Json.createObjectBuilder()
                  .add("error", "No such name and password.")
                  .build()
                  .toString())
          .build();
    }
    NewCookie cookie =
        new NewCookie.Builder(COOKIE)
            .value(logins.add(name))
            .path("/")
            .httpOnly(true)
            .secure(security.isSecure())
            .sameSite(NewCookie.SameSite.STRICT)
            .build();
    String answer =
        Json.createObjectBuilder()
            .add("name", name)
            .add("desk", client.endpointId().orElse(People.DESK))
            .add("baseUrl", client.options().baseUrl())
            .build()
            .toString();
    return Response.ok(answer).cookie(cookie).build();
  }

  private boolean isPassword(String given) {
    return MessageDigest.isEqual(
        password.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
