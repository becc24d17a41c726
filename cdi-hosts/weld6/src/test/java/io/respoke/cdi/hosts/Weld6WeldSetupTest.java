package io.respoke.cdi.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.cdi.ClientCustomizer;
import io.respoke.cdi.portable.RespokeExtension;
import io.respoke.cdi.suite.People;
import io.respoke.event.MessageReceived;
import io.respoke.service.testkit.RespokeServiceExtension;
import jakarta.enterprise.context.Dependent;
import java.util.concurrent.CompletableFuture;
import org.jboss.weld.junit.MockBean;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same bean, where the test says what is in the container. */
@EnableWeld
class Weld6WeldSetupTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  @WeldSetup
  WeldInitiator weld =
      WeldInitiator.from(
              WeldInitiator.createWeld()
                  .addExtension(new RespokeExtension())
                  .addBeanClass(Greeter.class))
          .addBeans(
              MockBean.<ClientCustomizer>builder()
                  .types(ClientCustomizer.class)
                  .scope(Dependent.class)
                  .creating((ClientCustomizer) Weld6WeldSetupTest::atTheServiceOfTheTest)
                  .build())
          .build();

  private static void atTheServiceOfTheTest(String client, ClientOptions.Builder options) {
    options
        .baseUrl(RESPOKE.baseUrl())
        .appId(RESPOKE.app().id())
        .developmentMode(true)
        .endpointId("greeter");
  }

  @Test
  void itGreets() {
    People.await(weld.select(Client.class).get().connect());
    try (People people = new People(RESPOKE.service())) {
      Client ada = people.connect("ada");
      CompletableFuture<String> answer = new CompletableFuture<>();
      ada.listen(MessageReceived.class, e -> answer.complete(e.message().text()));
      People.await(ada.sendMessage("greeter", "hi"));
      assertEquals("hello, ada", People.await(answer));
    }
  }
}
