package io.respoke.spi.contract;

import static io.respoke.spi.contract.MediaPeer.done;
import static io.respoke.spi.contract.MediaPeer.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.respoke.DirectConnection;
import io.respoke.MediaException;
import io.respoke.MediaException.Reason;
import io.respoke.media.AudioFormat;
import io.respoke.media.AudioSink;
import io.respoke.media.AudioSource;
import io.respoke.spi.IceCandidate;
import io.respoke.spi.IceServer;
import io.respoke.spi.MediaConstraints;
import io.respoke.spi.MediaConstraints.Direction;
import io.respoke.spi.MediaDevices;
import io.respoke.spi.MediaSession;
import io.respoke.spi.SessionDescription;
import io.respoke.spi.contract.MediaStage.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a session must withstand, each with what it says to it. */
enum BadInput {
  /** Empty, garbage, far too long, and an offer cut off at many places. */
  MALFORMED_DESCRIPTIONS {
    @Override
    void giveTo(MediaStage stage) {
      MediaPeer offerer = stage.open(call(), MediaDevices.none());
      String offer = done(offerer.session().createOffer()).sdp();
      offerer.session().close();
      List<String> bad = new ArrayList<>(List.of("", "garbage", "v=0\r\nm=", "v=0\0", "%n%s%s"));
      bad.add(offer + "a=x".repeat(1_000_000));
      bad.add(offer + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n".repeat(2_000));
      bad.add(offer.replace("a=mid:", "a=mod:"));
      bad.add(offer.replace("sha-256", "sha-9"));
      bad.add(offer.replaceFirst("a=ice-ufrag:.*\r\n", "a=ice-ufrag:\r\n"));
      for (int cut = 1; cut < offer.length(); cut += offer.length() / 25) {
        bad.add(offer.substring(0, cut));
      }
      for (String sdp : bad) {
        MediaPeer peer = stage.open(call(), MediaDevices.none());
        // What is cut off at the end of a line may still be an offer.
        Reason refused =
            refusal(
                peer.session()
                    .setRemoteDescription(
                        new SessionDescription(SessionDescription.Type.OFFER, sdp)));
        assertTrue(
            refused == null || refused == Reason.BAD_DESCRIPTION, () -> refused + ": " + sdp);
        peer.session().close();
      }
    }
  },

  /** Of the wrong type for the state, twice, and from both sides at once. */
  MISPLACED_DESCRIPTIONS {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair = stage.connect(call(), MediaDevices.none(), MediaDevices.none());
      MediaSession caller = pair.caller().session();
      MediaSession callee = pair.callee().session();
      SessionDescription offer = done(caller.createOffer());
      SessionDescription glare = done(callee.createOffer());
      assertEquals(Reason.BAD_DESCRIPTION, reason(caller.setRemoteDescription(glare)));
      assertEquals(Reason.BAD_DESCRIPTION, reason(caller.setRemoteDescription(offer)));
      done(callee.rollback());
      done(callee.setRemoteDescription(offer));
      SessionDescription answer = done(callee.createAnswer());
      assertEquals(Reason.BAD_DESCRIPTION, reason(callee.setRemoteDescription(answer)));
      done(caller.setRemoteDescription(answer));
      assertEquals(Reason.BAD_DESCRIPTION, reason(caller.setRemoteDescription(answer)));
      end(pair);
    }
  },

  /** The answer comes when the call is over. */
  LATE_ANSWER {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair = stage.pair(call(), MediaDevices.none(), MediaDevices.none());
      MediaSession callee = pair.callee().session();
      done(callee.setRemoteDescription(done(pair.caller().session().createOffer())));
      SessionDescription answer = done(callee.createAnswer());
      callee.close();
      pair.caller().session().close();
      assertEquals(Reason.CLOSED, reason(pair.caller().session().setRemoteDescription(answer)));
      end(pair);
    }
  },

  /** For media sections that are not there, and malformed. */
  BAD_CANDIDATES {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair = stage.connectData();
      String good = candidate(0);
      List<IceCandidate> bad =
          List.of(
              new IceCandidate(good, "nowhere", 0),
              new IceCandidate(good, "", 99),
              new IceCandidate(good, "", -1),
              new IceCandidate("garbage", "0", 0),
              new IceCandidate(good + "\r\na=x", "0", 0),
              new IceCandidate("candidate:1 1 udp 1 " + "x".repeat(300) + " 9 typ host", "0", 0));
      for (IceCandidate candidate : bad) {
        assertEquals(
            Reason.BAD_CANDIDATE, reason(pair.callee().session().addIceCandidate(candidate)));
      }
      stillTalks(pair);
    }
  },

  /** Ten thousand candidates before the description: some are kept, the others refused. */
  MANY_EARLY_CANDIDATES {
    @Override
    void giveTo(MediaStage stage) {
      MediaPeer caller = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      MediaPeer callee = stage.open(MediaConstraints.dataOnly(), MediaDevices.none());
      List<Reason> refused = refusals(flood(callee.session()));
      assertTrue(!refused.isEmpty(), "there is no bound");
      assertTrue(refused.stream().allMatch(Reason.BACK_PRESSURE::equals), refused::toString);
      MediaPeer.introduce(caller, callee);
      Pair pair = new Pair(caller, callee);
      done(callee.session().setRemoteDescription(done(caller.session().createOffer())));
      callee.passCandidatesOf(caller);
      done(caller.session().setRemoteDescription(done(callee.session().createAnswer())));
      caller.await("open");
      callee.await("open");
      stillTalks(pair);
    }
  },

  /** Ten thousand candidates after it: each is answered, and the call goes on. */
  MANY_CANDIDATES {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair = stage.connectData();
      List<Reason> refused = refusals(flood(pair.callee().session()));
      assertTrue(refused.stream().allMatch(Reason.BACK_PRESSURE::equals), refused::toString);
      stillTalks(pair);
    }
  },

  /** A message over the limit, and more than may wait. */
  TOO_MUCH_DATA {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair = stage.connectData();
      MediaSession caller = pair.caller().session();
      int max = DirectConnection.MAX_MESSAGE_BYTES;
      assertEquals(Reason.TOO_LARGE, reason(caller.sendBytes(new byte[max + 1])));
      // More than the engine would take at once; some of it may leave meanwhile.
      List<CompletionStage<Void>> sent =
          IntStream.range(0, 20 * (1 << 20) / max)
              .mapToObj(i -> caller.sendBytes(new byte[max]))
              .toList();
      assertTrue(refusals(sent).stream().allMatch(Reason.BACK_PRESSURE::equals));
      stillTalks(pair);
    }
  },

  /** Three threads send while it is closed. */
  CLOSED_WHILE_SENDING {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair = stage.connectData();
      CountDownLatch sending = new CountDownLatch(3);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int n = 0; n < 1000; n++) {
                    pair.caller().session().sendBytes(new byte[1000]);
                    if (n == 100) {
                      sending.countDown();
                    }
                  }
                });
        threads.add(thread);
        thread.start();
      }
      MediaPeer.awaitLatch("sending", sending);
      end(pair);
      for (Thread thread : threads) {
        MediaPeer.join(thread);
      }
    }
  },

  /** A source and a sink that throw. */
  THROWING_DEVICES {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair =
          stage.connect(
              call(),
              says(
                  samples -> {
                    throw new IllegalStateException("a source that throws, as the test wants it");
                  }),
              hears(
                  frame -> {
                    throw new IllegalStateException("a sink that throws, as the test wants it");
                  }));
      pair.caller().await("device failed");
      pair.callee().await("device failed");
      end(pair);
    }
  },

  /** A source that cannot say what it delivers. */
  SOURCE_WITHOUT_FORMAT {
    @Override
    void giveTo(MediaStage stage) {
      AudioSource odd =
          new AudioSource() {
            @Override
            public AudioFormat format() {
              throw new IllegalStateException("no format, as the test wants it");
            }

            @Override
            public boolean read(short[] samples) {
              return false;
            }
          };
      MediaDevices devices =
          new MediaDevices(Optional.of(odd), Optional.empty(), Optional.empty(), Optional.empty());
      Pair pair = stage.connect(call(), devices, MediaDevices.none());
      pair.caller().await("device failed");
      done(pair.caller().session().change(call(), devices));
      pair.caller().awaitCount("device failed", 2);
      end(pair);
    }
  },

  /** A sink that blocks. */
  BLOCKING_SINK {
    @Override
    void giveTo(MediaStage stage) {
      CountDownLatch blocked = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      Pair pair =
          stage.connect(
              call(),
              MediaDevices.none(),
              hears(
                  frame -> {
                    blocked.countDown();
                    MediaPeer.awaitLatch("release of a sink", release);
                  }));
      MediaPeer.awaitLatch("a call of the sink", blocked);
      others(stage);
      release.countDown();
      end(pair);
    }
  },

  /** A source that blocks. */
  BLOCKING_SOURCE {
    @Override
    void giveTo(MediaStage stage) {
      CountDownLatch blocked = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      Pair pair =
          stage.connect(
              call(),
              says(
                  samples -> {
                    blocked.countDown();
                    MediaPeer.awaitLatch("release of a source", release);
                    return true;
                  }),
              MediaDevices.none());
      MediaPeer.awaitLatch("a call of the source", blocked);
      others(stage);
      release.countDown();
      end(pair);
    }
  },

  /** A listener that blocks. */
  BLOCKING_LISTENER {
    @Override
    void giveTo(MediaStage stage) {
      CountDownLatch release = new CountDownLatch(1);
      Pair pair = stage.connectData();
      pair.callee().blockUntil(release);
      done(pair.caller().session().sendText("blocks"));
      pair.callee().await("text blocks");
      others(stage);
      release.countDown();
      end(pair);
    }
  },

  /** A listener that throws. */
  THROWING_LISTENER {
    @Override
    void giveTo(MediaStage stage) {
      Pair pair = stage.connectData();
      pair.callee().throwAlways();
      stillTalks(pair);
    }
  },

  /** Devices that are exchanged while they are used. */
  CHANGING_DEVICES {
    @Override
    void giveTo(MediaStage stage) {
      ToneMeter meter = new ToneMeter();
      Pair pair = stage.connect(call(), says(samples -> true), hears(meter));
      List<ToneSource> sources = new ArrayList<>();
      List<CompletionStage<Void>> changes = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        ToneSource source = new ToneSource(new AudioFormat(48_000, 1 + i % 2), 440);
        sources.add(source);
        changes.add(
            pair.caller()
                .session()
                .change(
                    call(),
                    new MediaDevices(
                        Optional.of(source),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
      }
      changes.forEach(MediaPeer::done);
      meter.awaitTone(440);
      end(pair);
      sources.forEach(source -> assertEquals(1, source.timesClosed()));
    }
  },

  /** ICE servers that cannot be used. */
  BAD_ICE_SERVERS {
    @Override
    void giveTo(MediaStage stage) {
      for (String uri : List.of("stun:", "turn:127.0.0.1:9", "%s%s%n", "http://a.example")) {
        IceServer server = new IceServer(List.of(uri), Optional.empty(), Optional.empty());
        assertEquals(
            Reason.BAD_ICE_SERVER,
            reason(
                stage
                    .backend()
                    .open(
                        stage.request(call(), MediaDevices.none(), List.of(server)),
                        new MediaPeer())));
      }
    }
  };

  private static final int MANY = 10_000;

  /** Does it, and checks what the session itself says. */
  abstract void giveTo(MediaStage stage);

  private static MediaConstraints call() {
    return new MediaConstraints(Direction.SEND_RECEIVE, Direction.NONE, false);
  }

  private interface Reads {
    boolean read(short[] samples);
  }

  private static MediaDevices says(Reads reads) {
    AudioSource source =
        new AudioSource() {
          @Override
          public AudioFormat format() {
            return AudioFormat.MONO_48K;
          }

          @Override
          public boolean read(short[] samples) {
            return reads.read(samples);
          }
        };
    return new MediaDevices(
        Optional.of(source), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static MediaDevices hears(AudioSink sink) {
    return new MediaDevices(
        Optional.empty(), Optional.of(sink), Optional.empty(), Optional.empty());
  }

  /** While it lasts: a new call can be made and heard. */
  private static void others(MediaStage stage) {
    ToneMeter meter = new ToneMeter();
    MediaDevices tone =
        new MediaDevices(
            Optional.of(new ToneSource(1000)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Pair pair = stage.connect(call(), tone, hears(meter));
    meter.awaitTone(1000);
    meter.awaitFrames(50);
    meter.awaitTone(1000);
    end(pair);
  }

  private static String candidate(int number) {
    return "candidate:"
        + number
        + " 1 udp "
        + (1_000_000 + number)
        + " 127.0.0.1 "
        + (20_000 + number)
        + " typ host";
  }

  private static List<CompletionStage<Void>> flood(MediaSession session) {
    return IntStream.range(0, MANY)
        .mapToObj(i -> session.addIceCandidate(new IceCandidate(candidate(i), "", 0)))
        .toList();
  }

  private static void stillTalks(Pair pair) {
    done(pair.caller().session().sendText("still here"));
    pair.callee().await("text still here");
    end(pair);
  }

  private static void end(Pair pair) {
    pair.caller().session().close();
    pair.callee().session().close();
    pair.caller().await("closed");
    pair.callee().await("closed");
  }

  private static List<Reason> refusals(List<CompletionStage<Void>> stages) {
    List<Reason> refused = new ArrayList<>();
    for (CompletionStage<Void> stage : stages) {
      Reason reason = refusal(stage);
      if (reason != null) {
        refused.add(reason);
      }
    }
    return refused;
  }

  /** Why it failed, with a type; none if it did not. */
  private static @Nullable Reason refusal(CompletionStage<Void> stage) {
    return done(stage.handle(
            (value, failure) -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause == null) {
                return Optional.<Reason>empty();
              }
              return Optional.of(((MediaException) cause).reason());
            }))
        .orElse(null);
  }
}
