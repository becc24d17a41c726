package io.respoke.core.session;

/** Paths as names of metrics. */
final class Routes {
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
}
