package io.respoke.protocol;

import java.nio.charset.StandardCharsets;

/** The routes of the service, as a client writes them (protocol-wire §4). */
public final class Paths {
  /** Mint a token. */
  public static final String TOKENS = "/v1/tokens";

  /** Exchange a token for a session token; delete the session. */
  public static final String SESSION_TOKENS = "/v1/session-tokens";

  /** Administrator login. */
  public static final String ADMIN_SESSIONS = "/v1/admin-sessions";

  /** Register this socket as a connection. */
  public static final String CONNECTIONS = "/v1/connections";

  /** Announce own presence. */
  public static final String PRESENCE = "/v1/presence";

  /** Observe endpoints' presence. */
  public static final String PRESENCE_OBSERVERS = "/v1/presenceobservers";

  /** Join (post) and leave (delete) groups; list them (get). */
  public static final String GROUPS = "/v1/groups";

  /** History of several groups. */
  public static final String GROUP_HISTORY_SEARCH = "/v1/group-history-search";

  /** Send a private message. */
  public static final String MESSAGES = "/v1/messages";

  /** Send a signal. */
  public static final String SIGNALING = "/v1/signaling";

  /** ICE servers. */
  public static final String TURN = "/v1/turn";

  /** Reports of calls. */
  public static final String CALL_DEBUGS = "/v1/call-debugs";

  /** Apps. */
  public static final String APPS = "/v1/apps";

  /** Roles. */
  public static final String ROLES = "/v1/roles";

  /** The Socket.IO handshake. */
  public static final String HANDSHAKE = "/socket.io/1/";

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Paths() {}

  /** One connection. */
  public static String connection(String id) {
    return CONNECTIONS + '/' + encode(id) + '/';
  }

  /** A group's members, or (post, delete) subscribing others. */
  public static String subscribers(String group) {
    return "/v1/channels/" + encode(group) + "/subscribers/";
  }

  /** Publishing to a group. */
  public static String publish(String group) {
    return "/v1/channels/" + encode(group) + "/publish/";
  }

  /** A group's history. */
  public static String history(String group) {
    return GROUPS + '/' + encode(group) + "/history";
  }

  /** An endpoint's conversations. */
  public static String conversations(String endpoint) {
    return "/v1/endpoints/" + encode(endpoint) + "/conversations";
  }

  /** One app. */
  public static String app(String id) {
    return APPS + '/' + encode(id);
  }

  /** One role. */
  public static String role(String id) {
    return ROLES + '/' + encode(id);
  }

  /** One conference. */
  public static String conference(String id) {
    return "/v1/conferences/" + encode(id) + '/';
  }

  /** Being the host of a conference. */
  public static String conferenceHost(String id) {
    return conference(id) + "host";
  }

  /** Who takes part in a conference. */
  public static String participants(String conference) {
    return conference(conference) + "participants/";
  }

  /** One who takes part in a conference. */
  public static String participant(String conference, String endpoint) {
    return participants(conference) + encode(endpoint);
  }

  /** The WebSocket of a session. */
  public static String webSocket(String sid) {
    return HANDSHAKE + "websocket/" + encode(sid);
  }

  /** Percent-encodes all but the unreserved characters of RFC 3986, from UTF-8. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_'
          || c == '.'
          || c == '~') {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return out.toString();
  }
}
