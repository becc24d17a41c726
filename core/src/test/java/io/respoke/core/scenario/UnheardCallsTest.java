package io.respoke.core.scenario;

import static io.respoke.core.scenario.Stage.join;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.Client;
import io.respoke.core.event.EventSource;
import io.respoke.event.IncomingCall;
import io.respoke.protocol.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnheardCallsTest {
  @RegisterExtension final Stage stage = new Stage();

  private void offer(String from, String session, String target) {
    stage.service.push("signal", Pushed.offer(from, session, target));
  }

  @ParameterizedTest
  @CsvSource({"call,false", "call,true", "directConnection,false", "directConnection,true"})
  void offersNobodyHearsOfLeaveNothingBehind(String target, boolean rejects) {
    Client client = stage.deaf(stage.options().rejectUnhandledCalls(rejects).build());
    join(client.connect());
    long before = Held.count(client, EventSource.class);
    int requests = stage.service.received().size();

    for (int i = 0; i < 1000; i++) {
      offer("caller" + i, "s" + i, target);
    }

    assertEquals(before, Held.count(client, EventSource.class));
    assertEquals(List.of(), client.endpoints());
    assertEquals(List.of(), client.calls());
    assertEquals(requests + (rejects ? 1000 : 0), stage.service.received().size());
  }

  @Test
  void aListenerOfTheEndpointHearsOfItsCallsOnly() {
    Client client = stage.deaf(stage.options().build());
    join(client.connect());
    List<IncomingCall> heard = new ArrayList<>();
    client.endpoint("jim").listen(IncomingCall.class, heard::add);
    long before = Held.count(client, EventSource.class);

    offer("jim", "s1", Signal.CALL);
    offer("jane", "s2", Signal.CALL);

    assertEquals(List.of("s1"), heard.stream().map(event -> event.call().id()).toList());
    assertEquals(before + 1, Held.count(client, EventSource.class));
    join(heard.get(0).call().reject());
    assertEquals(before, Held.count(client, EventSource.class), "a call's goes with the call");
  }
}
