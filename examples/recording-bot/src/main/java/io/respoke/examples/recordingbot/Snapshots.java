package io.respoke.examples.recordingbot;

import io.respoke.media.PngImage;
import io.respoke.media.VideoFrame;
import io.respoke.media.VideoSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps the first picture, and then one every five seconds. */
final class Snapshots implements VideoSink {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(5);

  private final Path directory;
  private final String name;
  private final Consumer<String> problems;
  private long last;
  private int taken;

  Snapshots(Path directory, String name, Consumer<String> problems) {
    this.directory = directory;
    this.name = name;
    this.problems = problems;
  }

  @Override
  public void onVideo(VideoFrame frame) {
    long now = System.nanoTime();
    if (taken > 0 && now - last < EVERY) {
      return;
    }
    last = now;
    taken++;
    Path file = directory.resolve(name + "-" + taken + ".png");
    try {
      Files.write(file, PngImage.encode(frame));
    } catch (IOException e) {
      problems.accept("no picture in " + file + ": " + e.getMessage());
    }
  }
}
