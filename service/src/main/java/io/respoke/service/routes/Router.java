package io.respoke.service.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of routes. Takes every spelling the real clients use (protocol-wire §4): with and
 * without a trailing slash, dashed and undashed names, {@code channels} for {@code groups}; ids
 * match greedily, because Android does not encode them.
 */
public final class Router {
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("presence-observers", "presenceobservers"),
          Map.entry("appauthsessions", "session-tokens"),
          Map.entry("sessiontokens", "session-tokens"),
          Map.entry("calldebugs", "call-debugs"),
          Map.entry("endpointconnections", "connections"),
          Map.entry("endpoint-connections", "connections"),
          Map.entry("adminsessions", "admin-sessions"),
          Map.entry("channels", "groups"),
          Map.entry("grouphistorysearch", "group-history-search"),
          Map.entry("grouphistories", "group-histories"),
          Map.entry("pushnotification", "push-notification"),
          Map.entry("push-notifications", "push-notification"));

  private record Route(String method, @Nullable Pattern rest, Handler handler) {}

  private final Map<String, List<Route>> routes = new HashMap<>();
  private final List<String> templates = new ArrayList<>();

  /**
   * Adds a route; earlier ones win.
   *
   * @param method the verb in lower case
   * @param template the path after {@code /v1/}; {@code {}} stands for an id
   */
  public Router add(String method, String template, Handler handler) {
    templates.add(method + ' ' + template);
    int slash = template.indexOf('/');
    String head = slash < 0 ? template : template.substring(0, slash);
    Pattern rest = null;
    if (slash >= 0) {
      StringBuilder pattern = new StringBuilder();
      String[] parts = template.substring(slash + 1).split("\\{\\}", -1);
      for (int i = 0; i < parts.length; i++) {
        pattern.append(i == 0 ? "" : "(.+)").append(Pattern.quote(parts[i]));
      }
      rest = Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
    routes.computeIfAbsent(head, h -> new ArrayList<>()).add(new Route(method, rest, handler));
    return this;
  }

  /** All routes as they were added, such as {@code get groups/{}/history}. */
  public List<String> templates() {
    return templates;
  }

  /**
   * Finds the route of a request and lets it answer.
   *
   * @throws Refused for an error answer, also when there is no such route
   */
  public Answer handle(Request request) {
    String path = request.path();
    if (!path.regionMatches(true, 0, "/v1/", 0, 4)) {
      throw new Refused(404, "Not found: " + shortened(path));
    }
    int end = path.length() > 4 && path.endsWith("/") ? path.length() - 1 : path.length();
    String below = path.substring(4, end);
    int slash = below.indexOf('/');
    String head = (slash < 0 ? below : below.substring(0, slash)).toLowerCase(Locale.ROOT);
    String rest = slash < 0 ? "" : below.substring(slash + 1);
    List<Route> candidates = routes.get(ALIASES.getOrDefault(head, head));
    if (candidates == null) {
      throw new Refused(404, "Not found: " + shortened(path));
    }
    boolean otherMethod = false;
    for (Route route : candidates) {
      Matcher matcher = route.rest == null ? null : route.rest.matcher(rest);
      if (matcher == null ? !rest.isEmpty() : !matcher.matches()) {
        continue;
      }
      if (route.method.equals(request.method())) {
        return route.handler.handle(matcher == null ? request : request.with(values(matcher)));
      }
      otherMethod = true;
    }
    throw otherMethod
        ? new Refused(405, request.method() + " is not possible on " + shortened(path))
        : new Refused(404, "Not found: " + shortened(path));
  }

  private static List<String> values(Matcher matcher) {
    List<String> values = new ArrayList<>(matcher.groupCount());
    for (int i = 1; i <= matcher.groupCount(); i++) {
      values.add(PathText.decode(matcher.group(i)));
    }
    return values;
  }

  private static String shortened(String path) {
    return path.length() <= 100 ? path : path.substring(0, 100) + "…";
  }
}
