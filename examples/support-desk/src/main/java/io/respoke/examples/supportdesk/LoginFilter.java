package io.respoke.examples.supportdesk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/** Makes the one who has logged in the request's principal, which is whom the broker asks for. */
@Provider
@ApplicationScoped
public class LoginFilter implements ContainerRequestFilter {
  @Inject Logins logins;

  /** Made by the container. */
  public LoginFilter() {}

  @Override
  public void filter(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(LoginResource.COOKIE);
    if (cookie != null) {
      boolean secure = request.getSecurityContext().isSecure();
      logins
          .name(cookie.getValue())
          .ifPresent(name -> request.setSecurityContext(new LoggedIn(() -> name, secure)));
    }
  }

  private record LoggedIn(Principal principal, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return principal;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return FORM_AUTH;
    }
  }
}
