package io.respoke.cdi.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.Client;
import io.respoke.cdi.ClientCustomizer;
import io.respoke.cdi.portable.RespokeExtension;
import io.respoke.cdi.suite.People;
import io.respoke.event.MessageReceived;
import io.respoke.service.testkit.RespokeServiceExtension;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.jboss.weld.junit5.auto.AddExtensions;
import org.jboss.weld.junit5.auto.EnableAutoWeld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bean that is tested with weld-junit, which finds out by itself what it needs. */
@EnableAutoWeld
@AddExtensions(RespokeExtension.class)
@AddBeanClasses(Greeter.class)
class Weld6AutoWeldTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  @Inject Client greeter;

  @Produces
  ClientCustomizer atTheServiceOfTheTest() {
    return (client, options) ->
        options
            .baseUrl(RESPOKE.baseUrl())
            .appId(RESPOKE.app().id())
            .developmentMode(true)
            .endpointId("greeter");
  }

  @Test
  void itGreets() {
    People.await(greeter.connect());
    try (People people = new People(RESPOKE.service())) {
      Client ada = people.connect("ada");
      CompletableFuture<String> answer = new CompletableFuture<>();
      ada.listen(MessageReceived.class, e -> answer.complete(e.message().text()));
      People.await(ada.sendMessage("greeter", "hi"));
      assertEquals("hello, ada", People.await(answer));
    }
  }
}
