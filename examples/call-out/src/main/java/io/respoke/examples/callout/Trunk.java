package io.respoke.examples.callout;

import io.respoke.Call;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.event.IncomingCall;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A service with a gateway for numbers and SIP addresses, and in the place of a telephone exchange
 * an endpoint that does with each call what a script says.
 */
final class Trunk implements AutoCloseable {
  final RespokeService service;
  private final Client client;

  Trunk(Consumer<Call> script) {
    service =
        RespokeService.start(
            ServiceOptions.builder().gateway("did", "trunk").gateway("sip", "trunk").build());
    client =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(service.baseUrl())
                .appId(service.app().id())
                .developmentMode(true)
                .endpointId("trunk")
                .build());
    client.listen(IncomingCall.class, e -> script.accept(e.call()));
    client.connect().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    client.close();
    service.close();
  }
}
