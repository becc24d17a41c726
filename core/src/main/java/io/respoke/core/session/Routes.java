package io.respoke.core.session;

import io.respoke.protocol.Paths;

/** Paths as names of metrics. */
final class Routes {
  private static final String GROUP_MESSAGE = template(Paths.publish("id"));

  private Routes() {}

  /** The path with its ids replaced: {@code /v1/groups/{id}/history}. */
  static String template(String path) {
    int query = path.indexOf('?');
    String[] segments = (query < 0 ? path : path.substring(0, query)).split("/", -1);
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < segments.length; i++) {
      if (segments[i].isEmpty()) {
        continue; // a trailing slash
      }
      // /v1/<collection>/<id>/<collection>/<id>
      out.append('/').append(i >= 3 && i % 2 == 1 ? "{id}" : segments[i]);
    }
    return out.toString();
  }

  /** Whether a request with this template is a private message or one to a group. */
  static boolean isMessage(String method, String template) {
    return method.equals("post") && (template.equals(Paths.MESSAGES) || isGroupMessage(template));
  }

  /** Whether a message with this template is one to a group. */
  static boolean isGroupMessage(String template) {
    return template.equals(GROUP_MESSAGE);
  }
}
