package io.respoke.examples.supportdesk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.nio.file.Files;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Serves respoke.js from a file, because it is no part of this project. */
@Path("/respoke.js")
@ApplicationScoped
public class LibraryResource {
  @Inject
  @ConfigProperty(name = "desk.respokeJs")
  String file;

  /** Made by the container. */
  public LibraryResource() {}

  /** The library. */
  @GET
  @Produces("text/javascript")
  public byte[] library() throws IOException {
    return Files.readAllBytes(java.nio.file.Path.of(file));
  }
}
