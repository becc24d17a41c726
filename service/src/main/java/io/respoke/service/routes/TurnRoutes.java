package io.respoke.service.routes;

import io.respoke.protocol.Json;
import io.respoke.protocol.Role;
import jakarta.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Relays for media (protocol-wire §4.7). */
final class TurnRoutes {
  private final Settings settings;

  TurnRoutes(Settings settings) {
    this.settings = settings;
  }

  void addTo(Router router) {
    router.add("get", "turn", this::credentials).add("post", "turn", this::credentials);
  }

  private Answer credentials(Request request) {
    Access.authenticated(request);
    Settings.@Nullable Turn turn = settings.turn();
    if (turn == null || !relayAllowed(request)) {
      JsonArray stun = Json.array().add(settings.stunUri()).build();
      return Answer.of(Json.object().add("ttl", 60).add("uris", stun).build());
    }
    String user = request.now() / 1000 + turn.ttl().toSeconds() + ":" + user(request);
    return Answer.of(
        Json.object()
            .add("username", user)
            .add("password", password(turn.secret(), user))
            .add("ttl", turn.ttl().toSeconds())
            .add("uris", Json.strings(turn.uris()))
            .build());
  }

  private static boolean relayAllowed(Request request) {
    if (request.caller() instanceof Caller.Member member) {
      Role role = Access.role(member.session());
      return role != null && role.mediaRelay();
    }
    return true;
  }

  private static String user(Request request) {
    if (request.caller() instanceof Caller.Member member) {
      return member.session().endpointId();
    }
    String endpointId = request.text("endpointId");
    return endpointId == null ? "app" : endpointId;
  }

  /** As coturn checks it with {@code use-auth-secret}. */
  private static String password(String secret, String user) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }
}
