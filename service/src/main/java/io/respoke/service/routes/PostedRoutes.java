package io.respoke.service.routes;

import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Reports;
import io.respoke.service.storage.Change;
import java.util.List;
import java.util.function.Function;

/**
 * What clients post and nothing here acts on yet: it is accepted, and kept where it is worth
 * reading.
 */
final class PostedRoutes {
  private final Access access;
  private final Keeper keeper;

  PostedRoutes(Access access, Keeper keeper) {
    this.access = access;
    this.keeper = keeper;
  }

  void addTo(Router router) {
    router
        .add("post", "call-debugs", request -> keep(request, Change.ReportKind.DEBUG))
        .add("get", "call-debugs", request -> show(request, AppSpace::debugReports))
        .add("get", "push-notification", request -> show(request, AppSpace::pushNotifications))
        .add("post", "register", PostedRoutes::accept);
  }

  private Answer keep(Request request, Change.ReportKind kind) {
    String appId = access.space(request).app().id();
    return keeper.keep(
        List.of(new Change.ReportStored(appId, kind, request.body())), Answer::success);
  }

  private Answer show(Request request, Function<AppSpace, Reports> where) {
    Access.trusted(request);
    return Answer.of(where.apply(access.space(request)).toJson());
  }

  private static Answer accept(Request request) {
    Access.authenticated(request);
    return Answer.success();
  }
}
