package consumer;

import io.respoke.protocol.Frame;
import io.respoke.protocol.FrameCodec;

/** Frames go to text and back, with the JSON library that the pom brings. */
class Main {
  public static void main(String[] args) {
    String text = "5:::{\"name\":\"message\",\"args\":[{\"a\":1}]}";
    Frame frame = FrameCodec.decode(text);
    if (!(frame instanceof Frame.Event event) || !event.name().equals("message")) {
      throw new AssertionError(frame);
    }
    if (!FrameCodec.decode(FrameCodec.encode(frame)).equals(frame)) {
      throw new AssertionError(FrameCodec.encode(frame));
    }
    Module module = Frame.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
