package io.respoke.examples.groupmoderator;

import io.respoke.Admin;
import io.respoke.AdminOptions;
import io.respoke.AppSecretTokens;
import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.Connection;
import io.respoke.ConnectionState;
import io.respoke.Group;
import io.respoke.HistoryQuery;
import io.respoke.Message;
import io.respoke.MessageOptions;
import io.respoke.Respoke;
import io.respoke.RoleRef;
import io.respoke.Tokens;
import io.respoke.event.ConnectionStateChanged;
import io.respoke.event.GroupMessageReceived;
import io.respoke.event.MemberJoined;
import io.respoke.event.Reconnected;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Watches one group: warns who uses a forbidden word, removes who does it again, and answers
 * commands. What was persisted while it was away counts too.
 */
public final class GroupModerator implements AutoCloseable {
  private static final int STRIKES = 2;
  private static final int HISTORY = 200;
  private static final String HELP = "!help, !members, !last <number>, !strikes, !pardon <who>";

  private final Client client;
  private final Admin admin;
  private final Group group;
  private final Conduct conduct;
  private final Set<String> operators;
  private final PrintStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** A moderator that is not connected yet. */
  GroupModerator(Settings settings, PrintStream out) {
    this.out = out;
    conduct = new Conduct(settings.forbidden(), STRIKES);
    operators = settings.operators();
    admin =
        Respoke.admin(
            AdminOptions.builder()
                .baseUrl(settings.baseUrl())
                .appSecret(settings.appSecret())
                .build());
    client =
        Respoke.createClient(
            ClientOptions.builder()
                .baseUrl(settings.baseUrl())
                .endpointId(settings.endpointId())
                .tokenProvider(
                    Tokens.appSecret(
                        AppSecretTokens.of(settings.appSecret(), RoleRef.appDefault())))
                .backfillLimit(HISTORY)
                .build());
    group = client.group(settings.groupId());
    // A group's events come in order, and those that were missed in a drop before the live ones.
    group.listen(GroupMessageReceived.class, e -> received(e.message()));
    group.listen(MemberJoined.class, e -> joined(e.connection()));
    client.listen(Reconnected.class, e -> say("back, it may not know: " + e.restored().gaps()));
    client.listen(
        ConnectionStateChanged.class,
        e -> {
          if (e.newState() == ConnectionState.DISCONNECTED) {
            ended.complete(null);
          }
        });
  }

  /**
   * Who to be, and where the rules come from.
   *
   * @param forbidden words, in lower case
   * @param operators who may pardon
   */
  record Settings(
      String baseUrl,
      String appSecret,
      String endpointId,
      String groupId,
      Set<String> forbidden,
      Set<String> operators) {
    static Settings of(String[] args, Map<String, String> env) {
      if (args.length == 0) {
        throw new IllegalArgumentException("usage: <group> [forbidden word]...");
      }
      return new Settings(
          env.getOrDefault("RESPOKE_BASE_URL", ClientOptions.DEFAULT_BASE_URL),
          env.getOrDefault("RESPOKE_APP_SECRET", ""),
          env.getOrDefault("RESPOKE_ENDPOINT_ID", "moderator"),
          args[0],
          List.of(args).stream()
              .skip(1)
              .map(word -> word.toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet()),
          new HashSet<>(List.of(env.getOrDefault("RESPOKE_OPERATORS", "").split(",", -1))));
    }

    @Override
    public String toString() {
      return "Settings[" + endpointId + " in " + groupId + "]";
    }
  }

  /** Runs until the process is ended; with {@code --demo} or without a service, plays a story. */
  public static void main(String[] args) {
    run(args, System.getenv(), System.out);
  }

  static void run(String[] args, Map<String, String> env, PrintStream out) {
    if (List.of(args).contains("--demo") || !env.containsKey("RESPOKE_BASE_URL")) {
      Demo.run(out);
      return;
    }
    try (GroupModerator moderator = new GroupModerator(Settings.of(args, env), out)) {
      Runtime.getRuntime().addShutdownHook(new Thread(moderator::close));
      moderator.start().toCompletableFuture().join();
      moderator.ended.join(); // the library's threads are daemons, so this one has to stay
    }
  }

  /** Joins, learns from the history, and removes who should not be there. */
  CompletionStage<Void> start() {
    return client
        .connect()
        .thenCompose(connected -> group.join())
        .thenCompose(joined -> group.history(HistoryQuery.newest(HISTORY)))
        .thenCompose(
            history -> {
              history.forEach(this::judge);
              say("watches " + group.id() + ", messages in its history: " + history.size());
              return group.members();
            })
        .thenAccept(members -> members.forEach(this::joined));
  }

  private void received(Message message) {
    if (message.from().equals(client.endpointId().orElse(""))) {
      return; // another connection of the moderator
    }
    switch (judge(message)) {
      case WARN -> tell(message.from(), "That word is not used in " + group.id() + ".");
      case REMOVE -> remove(message.from());
      case FINE -> {
        // A command that was missed in a drop is not answered any more.
        if (message.text().startsWith("!") && !message.isBackfilled()) {
          command(message.from(), message.text().split("\\s+", 2));
        }
      }
    }
  }

  private Conduct.Verdict judge(Message message) {
    String id = message.requestId().orElseGet(() -> message.from() + message.timestamp());
    return conduct.judge(id, message.from(), message.text());
  }

  private void joined(Connection member) {
    String who = member.endpoint().id();
    if (conduct.isBanned(who)) {
      remove(who);
    }
  }

  private void remove(String who) {
    check(
        "remove " + who,
        admin
            .unsubscribe(group.id(), who)
            .thenCompose(done -> client.sendMessage(who, "You were removed from " + group.id()))
            .thenCompose(
                done ->
                    group.sendMessage(
                        who + " was removed", MessageOptions.defaults().withPersist(true)))
            .thenRun(() -> say("removed " + who)));
  }

  private void command(String from, String[] words) {
    String argument = words.length > 1 ? words[1].strip() : "";
    switch (words[0]) {
      case "!members" -> check(words[0], group.members().thenAccept(m -> tell(from, ids(m))));
      case "!last" -> check(words[0], last(argument).thenAccept(text -> tell(from, text)));
      case "!strikes" -> tell(from, "strikes: " + conduct.strikes(from));
      case "!pardon" -> {
        if (operators.contains(from)) {
          conduct.pardon(argument);
          tell(from, argument + " may come back");
        } else {
          tell(from, "Only operators pardon.");
        }
      }
      default -> tell(from, HELP);
    }
  }

  private CompletionStage<String> last(String number) {
    int limit = number.matches("[1-9]\\d?") ? Integer.parseInt(number) : 5;
    return group
        .history(HistoryQuery.newest(limit))
        .thenApply(
            history ->
                history.stream()
                    .map(message -> message.from() + ": " + message.text())
                    .collect(Collectors.joining("\n")));
  }

  private static String ids(List<Connection> members) {
    return members.stream()
        .map(member -> member.endpoint().id())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private void tell(String who, String text) {
    check("tell " + who, client.sendMessage(who, text).thenRun(() -> say(who + " <- " + text)));
  }

  private void check(String what, CompletionStage<?> stage) {
    var unused =
        stage.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                // A stage that follows another one gets its failure wrapped.
                Throwable cause = failure.getCause();
                say("cannot " + what + ": " + (cause == null ? failure : cause).getMessage());
              }
            });
  }

  private void say(String line) {
    out.println("moderator: " + line);
  }

  @Override
  public void close() {
    client.close();
  }
}
