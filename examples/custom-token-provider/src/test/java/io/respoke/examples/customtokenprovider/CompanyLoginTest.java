package io.respoke.examples.customtokenprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.AuthenticationException;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.TokenSpec;
import io.respoke.event.Reconnected;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceHooks;
import io.respoke.service.testkit.RespokeServiceExtension;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RespokeServiceExtension.class)
class CompanyLoginTest {
  @Test
  void everyConnectionHasATokenOfItsOwn(RespokeService service, ServiceHooks hooks)
      throws Exception {
    try (Company company = company(service);
        Client ada = client(service, company.settings())) {
      CompletableFuture<Reconnected> back = new CompletableFuture<>();
      ada.listen(Reconnected.class, back::complete);
      ada.connect().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertEquals(Optional.of("ada"), ada.endpointId());
      assertEquals(1, company.given.size());

      assertEquals(1, hooks.dropConnections("ada"));
      back.get(20, TimeUnit.SECONDS);
      assertTrue(company.given.size() > 1, "it came back without asking");
      assertEquals(company.given.size(), new HashSet<>(company.given).size());
    }
  }

  @Test
  void aWrongPasswordEndsTheAttempts(RespokeService service) throws Exception {
    try (Company company = company(service);
        Client ada = client(service, company.settings("/login", "guessed"))) {
      ExecutionException failure =
          assertThrows(
              ExecutionException.class,
              () -> ada.connect().toCompletableFuture().get(20, TimeUnit.SECONDS));
      assertInstanceOf(AuthenticationException.class, failure.getCause());
      assertTrue(failure.getMessage().contains("does not let ada in"), failure.getMessage());
    }
  }

  @Test
  void aMissingSettingIsToldWhenTheClientIsMade(RespokeService service) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> client(service, Map.of()).close())
            .getMessage();
    assertTrue(message.contains("\"url\""), message);
  }

  private static Company company(RespokeService service) throws Exception {
    Admin broker =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(service.baseUrl())
                .appId(service.app().id())
                .appSecret(service.app().secret())
                .build());
    return new Company(
        user ->
            broker
                .createToken(TokenSpec.of(user, RoleRef.appDefault()))
                .toCompletableFuture()
                .join()
                .token());
  }

  private static Client client(RespokeService service, Map<String, String> settings) {
    return Respoke.createClient(
        ClientOptions.builder()
            .baseUrl(service.baseUrl())
            .tokenProvider("company-login", settings)
            .build());
  }
}
