package io.respoke.service.routes;

import io.respoke.protocol.EventHeader;
import io.respoke.protocol.Json;
import io.respoke.protocol.Role;
import io.respoke.protocol.Role.GroupPermission;
import io.respoke.protocol.ServerEvent;
import io.respoke.service.state.AppSpace;
import io.respoke.service.state.Connection;
import io.respoke.service.state.Figures;
import io.respoke.service.storage.Change;
import io.respoke.service.storage.StoredMessage;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Groups: joining, leaving, members, publishing (protocol-wire §4.4). */
final class GroupRoutes {
  /** Names that would be taken for a failure where answers are keyed by group. */
  private static final Set<String> RESERVED = Set.of("error", "rateLimit");

  private static final String LEFT = "The members have left, but that";

  private final ServiceState state;
  private final Access access;
  private final Figures figures;
  private final Keeper keeper;
  private final Membership membership;

  GroupRoutes(ServiceState state, Access access, Keeper keeper, Figures figures) {
    this.figures = figures;
    this.state = state;
    this.access = access;
    this.keeper = keeper;
    this.membership = new Membership();
  }

  void addTo(Router router) {
    router
        .add("get", "groups", this::list)
        .add("post", "groups", this::joinOrCreate)
        .add("delete", "groups", request -> leave(request, request.names("groups")))
        .add("post", "groups/{}/publish", this::publish)
        .add("get", "groups/{}/subscribers", this::members)
        .add("post", "groups/{}/subscribers", request -> join(request, Set.of(request.value(0))))
        .add("delete", "groups/{}/subscribers", request -> leave(request, Set.of(request.value(0))))
        .add("get", "groups/{}", this::members)
        .add("post", "groups/{}", request -> join(request, Set.of(request.value(0))))
        .add("delete", "groups/{}", this::leaveOrDestroy);
  }

  private Answer list(Request request) {
    AppSpace space = access.space(request);
    if (request.caller() instanceof Caller.Member member) {
      Role role = Access.role(member.session());
      if (role == null || !role.listsGroups()) {
        throw new Refused(403, "Missing permission: groups.list");
      }
    }
    JsonArrayBuilder out = Json.array();
    for (String name : space.groups().names()) {
      out.add(
          Json.object()
              .add("id", name)
              .add("name", name)
              .add("subscribers", space.groups().members(name).size()));
    }
    return Answer.of(out.build());
  }

  private Answer joinOrCreate(Request request) {
    if (request.parameter("groups") != null || request.text("name") == null) {
      return join(request, request.names("groups"));
    }
    AppSpace space = access.space(request);
    String name = usable(request.required("name"));
    Access.permit(request, GroupPermission.CREATE, name);
    if (!space.groups().exists(name) && !space.groups().hasRoomForNamed()) {
      throw tooMany(space);
    }
    // Kept while it is stored, so that of two at the same time one is refused.
    if (!space.groups().reserve(name)) {
      throw new Refused(409, "The group exists already.");
    }
    Answer answer =
        keeper.keep(
            List.of(new Change.GroupCreated(space.app().id(), name)),
            () -> Answer.of(Json.object().add("id", name).add("name", name).build()));
    CompletionStage<Answer> later = answer.later();
    if (later == null) {
      space.groups().release(name);
    } else {
      var unused = later.whenComplete((created, failure) -> space.groups().release(name));
    }
    return answer;
  }

  private static Refused tooMany(AppSpace space) {
    return new Refused(
        403,
        "Too many groups: the app has "
            + space.groups().size()
            + " and may have no more; leave or delete some.");
  }

  private static String usable(String group) {
    if (RESERVED.contains(group)) {
      throw new Refused(400, "A group cannot be named " + group + ".");
    }
    return group;
  }

  private Answer join(Request request, Set<String> groups) {
    AppSpace space = access.space(request);
    List<Connection> targets = membership.targets(request, space, true);
    for (String group : groups) {
      usable(group);
      Access.permit(request, GroupPermission.SUBSCRIBE, group);
      if (!space.groups().exists(group)) {
        Access.permit(request, GroupPermission.CREATE, group);
      }
    }
    int created = (int) groups.stream().filter(group -> !space.groups().exists(group)).count();
    if (created > 0 && !space.groups().hasRoom(created)) {
      throw tooMany(space);
    }
    int limit = state.limits().groupsPerConnection();
    for (Connection target : targets) {
      if (target.groups().size() + groups.size() > limit) {
        throw new Refused(400, "A connection can be in " + limit + " groups at most.");
      }
    }
    List<Change> toStore = new ArrayList<>(0);
    for (String group : groups) {
      for (Connection target : targets) {
        membership.join(target, group, request, toStore);
      }
    }
    return keeper.keep(
        toStore,
        "The groups were joined, but that",
        () ->
            request.sdk().timedJoins()
                ? Answer.of(
                    Json.object().add("message", "Success").add("timestamp", request.now()).build())
                : Answer.success());
  }

  private Answer leave(Request request, Set<String> groups) {
    AppSpace space = access.space(request);
    List<Connection> targets = membership.targets(request, space, false);
    for (String group : groups) {
      Access.permit(request, GroupPermission.UNSUBSCRIBE, group);
    }
    List<Change> toStore = new ArrayList<>(0);
    for (String group : groups) {
      for (Connection target : targets) {
        membership.leave(target, group, request, toStore);
      }
    }
    return keeper.keep(toStore, LEFT, Answer::success);
  }

  private Answer leaveOrDestroy(Request request) {
    String group = request.value(0);
    AppSpace space = access.space(request);
    if (request.connection() != null) {
      return leave(request, Set.of(group));
    }
    if (!space.groups().exists(group)) {
      throw new Refused(404, "Object 'Groups' not found.");
    }
    Access.permit(request, GroupPermission.DESTROY, group);
    List<Change> toStore = new ArrayList<>();
    for (Connection member : new ArrayList<>(space.groups().members(group))) {
      membership.leave(member, group, request, toStore);
    }
    toStore.add(new Change.GroupDestroyed(space.app().id(), group));
    return keeper.keep(toStore, LEFT, Answer::success);
  }

  private Answer members(Request request) {
    AppSpace space = access.space(request);
    String group = request.value(0);
    Access.permit(request, GroupPermission.GET_SUBSCRIBERS, group);
    JsonArrayBuilder out = Json.array();
    space.groups().members(group).forEach(member -> out.add(member.member()));
    return Answer.of(out.build());
  }

  private Answer publish(Request request) {
    AppSpace space = access.space(request);
    String group = usable(request.value(0));
    Access.permit(request, GroupPermission.PUBLISH, group);
    Sender sender = Sender.of(request, "endpointId");
    JsonValue message = request.parameter("message");
    if (message == null) {
      throw new Refused(Answer.missing(List.of("message")));
    }
    EventHeader header = sender.header("pubsub", request).withChannel(group);
    new Fan(message, body -> Events.encode(new ServerEvent.Pubsub(header, group, body)))
        .to(space.groups().members(group), sender.connection());
    figures.count(Figures.Counter.MESSAGES);
    PushFeed.published(request, space, header, group, message);
    AppFeed.published(space, sender, group, message, Occasion.of(request));
    if (!request.flag("persist")) {
      return Answer.sent();
    }
    return keeper.keep(
        List.of(
            new Change.MessageStored(
                space.app().id(),
                group,
                new StoredMessage(
                    request.now(),
                    sender.endpointId(),
                    Json.object().add("header", header.toJson()).add("message", message).build()))),
        "The message was delivered to the members, but it",
        Answer::sent);
  }
}
