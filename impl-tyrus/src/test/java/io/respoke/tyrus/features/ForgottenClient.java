package io.respoke.tyrus.features;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import java.util.concurrent.TimeUnit;

/** A program that ends without a thought for its client. Its argument is the service's address. */
final class ForgottenClient {
  private ForgottenClient() {}

  public static void main(String[] arguments) throws Exception {
    Client client =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(arguments[0])
                .appId(arguments[1])
                .endpointId("forgetful")
                .developmentMode(true)
                .build());
    client.connect().toCompletableFuture().get(20, TimeUnit.SECONDS);
    client.sendMessage("forgetful", "hello").toCompletableFuture().get(20, TimeUnit.SECONDS);
    System.out.println("connected");
  }
}
