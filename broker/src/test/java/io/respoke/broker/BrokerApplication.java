package io.respoke.broker;

import com.sun.net.httpserver.HttpServer;
import io.respoke.service.RespokeService;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** An application with the broker: Jersey on the JDK's HTTP server, its beans in Weld. */
final class BrokerApplication implements AutoCloseable {
  private final Properties before = (Properties) System.getProperties().clone();
  private final SeContainer container;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private BrokerApplication(Map<String, String> settings, Class<?>... beans) {
    // Not such as were meant for the build that runs the tests.
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("respoke."));
    settings.forEach(System::setProperty);
    container = SeContainerInitializer.newInstance().addBeanClasses(beans).initialize();
    List<Class<?>> resources = new ArrayList<>(List.of(TokenResource.class, Login.class));
    Stream.of(beans).filter(TokenResource.class::isAssignableFrom).forEach(resources::add);
    server =
        JdkHttpServerFactory.createHttpServer(
            URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":0/"),
            new ResourceConfig(resources.toArray(new Class<?>[0])));
  }

  static BrokerApplication start(RespokeService service, Class<?>... beans) {
    return new BrokerApplication(
        Map.of(
            "respoke.baseUrl", service.baseUrl().toString(),
            "respoke.requestTimeout", "5s",
            "respoke.appSecret", service.app().secret()),
        beans);
  }

  URI url(String path) {
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + path);
  }

  HttpResponse<String> post(String type, String body, String user) throws Exception {
    return post("/api/tokens", type, body, user);
  }

  HttpResponse<String> post(String path, String type, String body, String user) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(path)).POST(HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!user.isEmpty()) {
      request.header("Authorization", "Bearer " + user);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.stop(0);
    container.close();
    System.setProperties(before);
  }

  /** Takes everybody's word for who they are, and knows one administrator. */
  static final class Login implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      String header = request.getHeaderString("Authorization");
      Principal user = header == null ? null : () -> header.substring("Bearer".length()).strip();
      request.setSecurityContext(
          new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
              return user;
            }

            @Override
            public boolean isUserInRole(String role) {
              return user != null && user.getName().equals("grace") && role.equals("admin");
            }

            @Override
            public boolean isSecure() {
              return false;
            }

            @Override
            public String getAuthenticationScheme() {
              return "bearer";
            }
          });
    }
  }
}
