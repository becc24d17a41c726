package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenGrantTest {
  private static final String RECORDED =
      "{\"appId\":\"c10a2075\",\"endpointId\":\"alice\",\"roleId\":null,\"accountId\":\"9628FFD0\","
          + "\"createTime\":1447164200,\"expiryTime\":1447185800,\"id\":\"7B1D9E52\","
          + "\"forDevelopment\":true,\"createdAt\":\"2015-11-10T14:03:20.000Z\","
          + "\"tokenId\":\"7B1D9E52\"}";

  @Test
  void readsAndWritesTheRecordedAnswer() {
    TokenGrant grant = TokenGrant.of(Json.parseObject(RECORDED));
    assertEquals(
        new TokenGrant(
            "7B1D9E52",
            "c10a2075",
            "alice",
            null,
            "9628FFD0",
            1447164200L,
            1447185800L,
            true,
            "2015-11-10T14:03:20.000Z"),
        grant);
    assertEquals(RECORDED, Json.write(grant.toJson()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tokenId\":\"T\"}",
        "{\"id\":\"T\"}",
        "{\"tokenId\":\"\",\"id\":\"T\"}",
        "{\"tokenId\":null,\"id\":\"T\",\"createTime\":null}"
      })
  void needsNothingButTheToken(String json) {
    TokenGrant grant = TokenGrant.of(Json.parseObject(json));
    assertEquals(new TokenGrant("T", null, null, null, null, 0, 0, false, null), grant);
    assertEquals(
        "{\"roleId\":null,\"createTime\":0,\"expiryTime\":0,\"id\":\"T\","
            + "\"forDevelopment\":false,\"tokenId\":\"T\"}",
        Json.write(grant.toJson()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"tokenId\":\"\"}", "{\"tokenId\":null}", "{\"tokenId\":{}}"})
  void refusesAnAnswerWithoutAToken(String json) {
    assertThrows(MalformedJsonException.class, () -> TokenGrant.of(Json.parseObject(json)));
  }

  @Test
  void saysNothingOfTheTokenInToString() {
    assertFalse(TokenGrant.of(Json.parseObject(RECORDED)).toString().contains("7B1D"));
  }
}
