package io.respoke.examples.jdktransport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Respoke;
import io.respoke.event.MessageReceived;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import io.respoke.spi.TransportProvider;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdkTransportTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  @Test
  void leavesTheFirstPlaceToTheDefaultTransport() {
    List<String> names =
        ServiceLoader.load(TransportProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparingInt(TransportProvider::priority).reversed())
            .map(TransportProvider::name)
            .toList();
    assertEquals(List.of("tyrus", "jdk"), names);
  }

  @Test
  void isUsedWhereItIsNamed(RespokeService service) throws Exception {
    long before = JdkTransportProvider.WORK.getTaskCount();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Client ada = connect(options(service, "ada").transport("jdk"));
        Client bob = connect(options(service, "bob").transport("jdk"))) {
      bob.listen(MessageReceived.class, e -> heard.add(e.message().text()));
      ada.sendMessage("bob", "hello").toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertEquals("hello", heard.poll(20, TimeUnit.SECONDS));
    }
    assertTrue(JdkTransportProvider.WORK.getTaskCount() > before);
  }

  private static ClientOptions.Builder options(RespokeService service, String endpoint) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .appId(service.app().id())
        .developmentMode(true)
        .endpointId(endpoint);
  }

  private static Client connect(ClientOptions.Builder options) throws Exception {
    return Respoke.connect(options.build()).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
