package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingSignalTest {
  private static Signal offer(int characters) {
    return new Signal.Offer("s", "call", "i", "x".repeat(characters));
  }

  @Test
  void isAddressedAsTheRealClientDoes() {
    List<JsonObject> recorded = Transcripts.signalRequests();
    assertFalse(recorded.isEmpty());
    for (JsonObject data : recorded) {
      Signal signal = SignalCodec.decode(Json.parseObject(data.getString("signal")));
      OutgoingSignal outgoing =
          new OutgoingSignal(
              data.getString("to"),
              data.getString("toType"),
              Json.text(data, "toConnection"),
              Json.bool(data, "ccSelf", false),
              signal);
      assertEquals(data.toString(), outgoing.toJson().toString());
    }
  }

  @Test
  void takesAsManyBytesAsTheServiceAllowsAndNoMore() {
    int envelope =
        Wire.utf8Length(
            new OutgoingSignal("bob", OutgoingSignal.WEB, null, false, offer(0))
                .toJson()
                .toString());
    int room = Wire.BODY_LIMIT - envelope;
    JsonObject fits =
        new OutgoingSignal("bob", OutgoingSignal.WEB, null, false, offer(room)).toJson();
    assertEquals(Wire.BODY_LIMIT, Wire.utf8Length(fits.toString()));
    OutgoingSignal tooLarge =
        new OutgoingSignal("bob", OutgoingSignal.WEB, null, false, offer(room + 1));
    SignalTooLargeException e = assertThrows(SignalTooLargeException.class, tooLarge::toJson);
    assertEquals(Wire.BODY_LIMIT + 1, e.bytes());
    assertTrue(e.getMessage().contains("offer takes 20001 bytes"), e::getMessage);
  }
}
