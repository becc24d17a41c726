package io.respoke.spi.contract;

import static io.respoke.spi.contract.MediaChoices.calls;
import static io.respoke.spi.contract.MediaPeer.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.MediaException.Reason;
import io.respoke.spi.IceServer;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaDevices;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend that does media itself must do, with real media between two of its sessions.
 *
 * <p>Needs a network interface that is not loopback, which a network namespace can give. Every test
 * also fails when calls to a listener overlap, or come after the last.
 */
@Tag("media")
@Timeout(120)
public interface MediaBackendContract
    extends MediaDataContract,
        MediaStreamContract,
        MediaNegotiationContract,
        MediaLifecycleContract {
  /** The name is fit for options, and the provider can be used here. */
  @Test
  default void mediaBackendHasANameAndIsAvailable() {
    String name = mediaBackendProvider().name();
    assertTrue(name.matches("[a-z0-9-]+"), name);
    assertTrue(mediaBackendProvider().isAvailable());
  }

  /** An ICE server that cannot be used is refused; the listener hears nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stun",
        "stun:",
        "http://a.example",
        "stun:a b",
        "stun:a.example:0",
        "stun:a.example:65536",
        "stun:a.example?transport=udp",
        "turn:a.example?transport=carrier-pigeon",
        "stun:[::1",
        "turn:a.example",
        "stun:%s%s%n",
        "stun:a.example\0"
      })
  default void badIceServersAreRefused(String uri) {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      MediaPeer listener = new MediaPeer();
      IceServer server = new IceServer(List.of(uri), Optional.empty(), Optional.empty());
      assertEquals(
          Reason.BAD_ICE_SERVER,
          reason(
              stage
                  .backend()
                  .open(
                      stage.request(
                          MediaConstraints.dataOnly(), MediaDevices.none(), List.of(server)),
                      listener)));
      assertEquals(List.of(), listener.told());
    }
  }

  /** TURN needs both credentials, neither of them empty, and shows neither. */
  @ParameterizedTest
  @CsvSource({"'', secret", "joe, ''", "' ', secret"})
  default void turnNeedsCredentials(String username, String password) {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      IceServer server =
          new IceServer(List.of("turn:127.0.0.1:9"), Optional.of(username), Optional.of(password));
      assertEquals(
          Reason.BAD_ICE_SERVER,
          reason(
              stage
                  .backend()
                  .open(
                      stage.request(calls(), MediaDevices.none(), List.of(server)),
                      new MediaPeer())));
    }
  }

  /** Servers of every good form are taken, and that nobody answers there hinders nothing. */
  @Test
  default void goodIceServersAreTaken() {
    try (MediaStage stage = new MediaStage(mediaBackendProvider())) {
      List<IceServer> servers =
          List.of(
              new IceServer(
                  List.of("stun:127.0.0.1", "stun:127.0.0.1:9", "stuns:[::1]:9"),
                  Optional.empty(),
                  Optional.empty()),
              new IceServer(
                  List.of("turn:127.0.0.1:9?transport=udp", "turn:127.0.0.1:9?transport=tcp"),
                  Optional.of("joe"),
                  Optional.of("secret")));
      MediaPeer caller =
          MediaPeer.open(
              stage.backend(),
              stage.request(MediaConstraints.dataOnly(), MediaDevices.none(), servers));
      MediaPeer callee = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      MediaPeer.introduce(caller, callee);
      caller.negotiateWith(callee);
      caller.await("open");
      callee.await("open");
      caller.session().close();
      caller.await("closed");
    }
  }
}
