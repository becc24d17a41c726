package io.respoke.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.protocol.Role.GroupPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
  private static Role role(String json) {
    return new Role(Json.parseObject(json));
  }

  private static final Role PATTERNS =
      role(
          "{\"groups\":{\"list\":true,\"*\":{\"subscribe\":true,\"publish\":true},"
              + "\"vip-*\":{\"subscribe\":false},\"vip-a*\":{\"subscribe\":true},"
              + "\"vip-a\":{\"publish\":true},\"vip-ab\":{\"subscribe\":1},"
              + "\"text\":\"no rule\",\"li\":{\"subscribe\":\"true\"}}}");

  @ParameterizedTest
  @CsvSource({
    "room1, true, true",
    "vip-b, false, false",
    "vip-, false, false",
    "vip, true, true",
    "vip-abc, true, false",
    "vip-a, false, true",
    "vip-ab, true, false",
    "list, true, true",
    "text, true, true",
    "li, true, false",
    "'', true, true",
    "VIP-b, true, true"
  })
  void theLongestMatchingRuleAppliesAlone(String group, boolean subscribe, boolean publish) {
    assertEquals(subscribe, PATTERNS.allows(GroupPermission.SUBSCRIBE, group));
    assertEquals(publish, PATTERNS.allows(GroupPermission.PUBLISH, group));
  }

  @ParameterizedTest
  @EnumSource(GroupPermission.class)
  void aMissingKeyDenies(GroupPermission permission) {
    assertFalse(role("{}").allows(permission, "g"));
    assertFalse(role("{\"groups\":{}}").allows(permission, "g"));
    assertFalse(role("{\"groups\":{\"*\":{}}}").allows(permission, "g"));
    assertFalse(
        role("{\"groups\":{\"other\":{\"" + permission.key() + "\":true}}}")
            .allows(permission, "g"));
    assertTrue(
        role("{\"groups\":{\"g\":{\"" + permission.key() + "\":true}}}").allows(permission, "g"));
  }

  @Test
  void readsWhatTheHostedServiceGarbledInAnswersToPut() {
    Role role =
        role(
            "{\"id\":\"B4E3\",\"name\":\"customer\",\"mediaRelay\":1,"
                + "\"groups\":\"{\\\"list\\\":1,\\\"*\\\":{\\\"publish\\\":1}}\",\"events\":\"{}\","
                + "\"pstnOut\":\"[]\",\"callerIds\":\"[\\\"+1555\\\"]\"}");
    assertEquals(
        Json.parse(
            "{\"id\":\"B4E3\",\"name\":\"customer\",\"mediaRelay\":true,"
                + "\"groups\":{\"list\":1,\"*\":{\"publish\":1}},\"events\":{},"
                + "\"pstnOut\":[],\"callerIds\":[\"+1555\"]}"),
        role.json());
    assertEquals("B4E3", role.id());
    assertEquals("customer", role.name());
    assertTrue(role.mediaRelay());
    assertTrue(role.listsGroups());
    assertTrue(role.allows(GroupPermission.PUBLISH, "g"));
  }

  @Test
  void whatCannotBeReadBecomesEmpty() {
    Role role =
        role(
            "{\"mediaRelay\":\"maybe\",\"groups\":\"{\",\"events\":7,\"conferences\":null,"
                + "\"pstnOut\":\"x\",\"callerIds\":{},\"extra\":\"{}\"}");
    assertEquals(
        Json.parse(
            "{\"mediaRelay\":false,\"groups\":{},\"events\":{},\"conferences\":{},"
                + "\"pstnOut\":[],\"callerIds\":[],\"extra\":\"{}\"}"),
        role.json());
    assertFalse(role.mediaRelay());
    assertFalse(role.listsGroups());
  }

  @Test
  void anEmptyRoleHasNothing() {
    Role role = role("{}");
    assertNull(role.id());
    assertNull(role.name());
    assertFalse(role.mediaRelay());
    assertFalse(role.listsGroups());
    assertEquals(role, new Role(role.json()));
  }

  @ParameterizedTest
  @CsvSource({"c1, true", "c2, false", "d, false"})
  void theRuleOfAConferenceIsFoundAsThatOfAGroup(String conference, boolean joins) {
    Role role =
        new Role(
            Json.parseObject("{\"conferences\":{\"c*\":{\"host\":true},\"c1\":{\"join\":true}}}"));
    assertEquals(joins, role.allows(Role.ConferencePermission.JOIN, conference));
  }

  @ParameterizedTest
  @CsvSource({
    "'[\"+1\",\"+2\"]', +1, true",
    "'[\"+1\"]', +3, false",
    "'[\"*\"]', +3, true",
    "'[]', +1, false"
  })
  void numbersAreAllowedOneByOneOrAll(String numbers, String number, boolean allowed) {
    Role role = new Role(Json.parseObject("{\"pstnOut\":" + numbers + "}"));
    assertEquals(allowed, role.mayCall(number));
  }
}
