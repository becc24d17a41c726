package io.respoke.examples.audioconference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.Conference;
import io.respoke.HangupReason;
import io.respoke.HostedConference;
import io.respoke.event.CallEnded;
import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The conference with real media: each participant says a tone of its own. */
@Tag("media")
@Timeout(180)
class AudioConferenceTest {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private AudioConference host(RespokeService service) {
    return new AudioConference(
        AudioConference.options(
            Map.of(
                "RESPOKE_BASE_URL", service.baseUrl().toString(),
                "RESPOKE_APP_SECRET", service.app().secret()),
            "host"),
        "room",
        out);
  }

  private static void eventually(String what, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Test
  void eachHearsTheSumOfTheOthersAndNotItself(RespokeService service) throws Exception {
    try (AudioConference host = host(service)) {
      HostedConference hosted = Participant.await(host.start());
      try (Participant ada = new Participant(service, "ada", "room", 400);
          Participant bob = new Participant(service, "bob", "room", 700);
          Participant eve = new Participant(service, "eve", "room", 1_100)) {
        List<Participant> all = List.of(ada, bob, eve);
        for (Participant one : all) {
          for (Participant other : all) {
            if (one != other) {
              eventually(one.hertz + " hears " + other.hertz, () -> one.hears(other));
            }
          }
        }
        for (Participant one : all) {
          // both others at once, and next to nothing of one's own
          eventually(
              one.hertz + " hears both others and not itself",
              () ->
                  all.stream().allMatch(other -> one.hears(other) != (one == other))
                      && one.ear.at(one.hertz) < 0.05 * one.ear.all());
        }
        assertEquals(
            Set.of("ada", "bob", "eve"),
            Participant.await(hosted.participants()).stream()
                .map(Conference.Participant::endpointId)
                .collect(Collectors.toSet()));

        BlockingQueue<HangupReason> ended = new LinkedBlockingQueue<>();
        eve.conference.call().listen(CallEnded.class, e -> ended.add(e.reason()));
        Participant.await(hosted.removeParticipant("eve"));
        assertEquals(HangupReason.REMOTE_HANGUP, ended.poll(20, TimeUnit.SECONDS));
        eventually("nobody hears eve", () -> !ada.hears(eve) && !bob.hears(eve));
        assertTrue(ada.hears(bob) && bob.hears(ada));
        assertFalse(ada.hears(ada));

        bob.conference.call().listen(CallEnded.class, e -> ended.add(e.reason()));
        Participant.await(hosted.close());
        assertEquals(HangupReason.REMOTE_HANGUP, ended.poll(20, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void theDemoTellsItsStory() throws Exception {
    AudioConference.run(new String[] {"--demo"}, Map.of(), out);
    String story = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(story.contains("audio-conference: hosting room"), story);
    assertTrue(story.contains("three take part: 3"), story);
    assertTrue(story.contains("audio-conference: ok"), story);
  }
}
