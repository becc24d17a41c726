package io.respoke.service.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.respoke.protocol.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRulesTest {
  private static JsonObject json(String text) {
    return Json.parseObject(text.replace('\'', '"'));
  }

  private static String shown(PushRules.Decision decision) {
    return decision instanceof PushRules.Decision.Notify notify
        ? "text:" + notify.text()
        : ((PushRules.Decision.Silent) decision).why().name();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'enable':true}|true|'hi'|false|text:hi",
        "{'enable':true}|true|'hi'|true|text:hi",
        "{'enable':true}|false|'hi'|false|NOT_ASKED_FOR",
        "{'enable':false}|true|'hi'|false|DISABLED",
        "{}|true|'hi'|false|DISABLED",
        "{'enable':true}|true|{'a':1}|false|text:{'a':1}",
        "{'enable':true,'rules':{'requireNoActiveConnection':true}}|true|'hi'|true|CONNECTED",
        "{'enable':true,'rules':{'requireNoActiveConnection':true}}|true|'hi'|false|text:hi",
        "{'enable':true,'rules':{'requireOwnEndpointInMessage':true}}|true|'hi'|false|NOT_NAMED",
        "{'enable':true,'rules':{'requireOwnEndpointInMessage':true}}|true|'@bob hi'|false|text:@bob hi",
        "{'enable':true,'msgProperty':'m'}|true|{'m':'hi'}|false|text:hi",
        "{'enable':true,'msgProperty':'m'}|true|'{\\'m\\':\\'hi\\'}'|false|text:hi",
        "{'enable':true,'msgProperty':'m'}|true|{'x':'hi'}|false|NO_TEXT",
        "{'enable':true,'msgProperty':'m'}|true|{'m':7}|false|NO_TEXT",
        "{'enable':true,'msgProperty':'m'}|true|'no json'|false|NO_TEXT",
        "{'enable':true,'msgProperty':'m'}|true|['hi']|false|NO_TEXT",
        "{'enable':true,'msgProperty':'m','rules':{'requireOwnEndpointInMessage':true}}|true|{'m':'hi','to':'bob'}|false|NOT_NAMED",
      })
  void theFirstRuleThatSaysNoDecides(
      String config, boolean asked, String body, boolean connected, String expected) {
    assertEquals(
        expected.replace('\'', '"'),
        shown(
            PushRules.decide(
                PushConfig.of(json(config)),
                asked,
                Json.parse(body.replace('\'', '"')),
                "bob",
                connected)));
  }

  @Test
  void eachKindHasItsRulesAndAGroupMayHaveItsOwn() {
    PushRules rules =
        PushRules.of(
            json(
                "{'message':{'enable':true},'call':{'enable':true,'sound':'ring'},"
                    + "'group':{'enable':true,'badge':true},'groups':{'quiet':{'enable':false}}}"));
    assertEquals("ring", rules.calls().sound());
    assertEquals(true, rules.ofGroup("any").badge());
    assertEquals(false, rules.ofGroup("quiet").enable());
    assertEquals(PushRules.OFF, PushRules.of(json("{}")));
  }

  @Test
  void aConfigurationIsShownAsItIsRead() {
    JsonObject all =
        json(
            "{'enable':true,'badge':true,'sound':'s','category':'c','msgProperty':'m',"
                + "'sendPushEvent':true,'rules':{'requireNoActiveConnection':true,"
                + "'requireOwnEndpointInMessage':true}}");
    assertEquals(all, PushConfig.of(all).toJson());
  }
}
