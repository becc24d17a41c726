package io.respoke.service.routes;

import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Reports;
import java.util.function.Function;

/**
 * What clients post and nothing here acts on yet: it is accepted, and kept where it is worth
 * reading.
 */
final class PostedRoutes {
  private final Access access;

  PostedRoutes(Access access) {
    this.access = access;
  }

  void addTo(Router router) {
    router
        .add("post", "call-debugs", request -> keep(request, AppSpace::debugReports))
        .add("get", "call-debugs", request -> show(request, AppSpace::debugReports))
        .add("post", "push-notification/{}", this::pushAnswer)
        .add("get", "push-notification", request -> show(request, AppSpace::pushNotifications))
        .add("post", "register", PostedRoutes::accept);
  }

  private Answer keep(Request request, Function<AppSpace, Reports> where) {
    where.apply(access.space(request)).add(request.body());
    return Answer.success();
  }

  private Answer show(Request request, Function<AppSpace, Reports> where) {
    Access.trusted(request);
    return Answer.of(where.apply(access.space(request)).toJson());
  }

  private Answer pushAnswer(Request request) {
    Access.trusted(request);
    return keep(request, AppSpace::pushNotifications);
  }

  private static Answer accept(Request request) {
    Access.authenticated(request);
    return Answer.success();
  }
}
