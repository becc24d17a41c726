package io.respoke.service.state;

/** Everything that belongs to one app: nothing is shared between two of them. */
public final class AppSpace {
  private App app;
  private final RoleStore roles;
  private final ConnectionRegistry connections = new ConnectionRegistry();
  private final PresenceBoard presence;
  private final GroupDirectory groups;
  private final Conversations conversations = new Conversations();
  private final PushTokens pushTokens = new PushTokens();
  private final CallSessions calls;
  private final Conferences conferences = new Conferences();
  private final AppEvents events = new AppEvents();
  private final PushDesk push = new PushDesk();
  private final Reports debugReports = new Reports();
  private final Reports pushNotifications = new Reports();

  /** An empty app with the built-in roles. */
  public AppSpace(App app, Limits limits) {
    this.app = app;
    this.roles = new RoleStore(app);
    this.groups = new GroupDirectory(limits.groupsPerApp());
    this.presence = new PresenceBoard(limits.observedPerEndpoint());
    this.calls = new CallSessions(limits.calls());
  }

  /** The app itself. */
  public App app() {
    return app;
  }

  /** Replaces what is known of the app; the registry sees to id and secret. */
  void change(App changed) {
    app = changed;
  }

  /** Its roles. */
  public RoleStore roles() {
    return roles;
  }

  /** Its registered connections. */
  public ConnectionRegistry connections() {
    return connections;
  }

  /** Who observes whom. */
  public PresenceBoard presence() {
    return presence;
  }

  /** Who is in which group. */
  public GroupDirectory groups() {
    return groups;
  }

  /** Which groups an endpoint takes part in, and how far it has read. */
  public Conversations conversations() {
    return conversations;
  }

  /** Device tokens for push notifications. */
  public PushTokens pushTokens() {
    return pushTokens;
  }

  /** Calls and direct connections, as far as their signals tell. */
  public CallSessions calls() {
    return calls;
  }

  /** Who hosts which conference. */
  public Conferences conferences() {
    return conferences;
  }

  /** Push notifications. */
  public PushDesk push() {
    return push;
  }

  /** Who is told what happens in it. */
  public AppEvents events() {
    return events;
  }

  /** What clients reported after their calls. */
  public Reports debugReports() {
    return debugReports;
  }

  /** What the app's server answered to push events. */
  public Reports pushNotifications() {
    return pushNotifications;
  }
}
