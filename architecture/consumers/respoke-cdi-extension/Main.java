package consumer;

import io.respoke.cdi.RespokeClient;
import java.lang.annotation.Annotation;

/** The qualifier can be used as an annotation and as an object. */
class Main {
  @RespokeClient("support")
  private static final Object CLIENT = new Object();

  public static void main(String[] args) throws Exception {
    Annotation written = Main.class.getDeclaredField("CLIENT").getAnnotations()[0];
    if (!RespokeClient.Literal.of("support").equals(written)) {
      throw new AssertionError(written);
    }
    Module module = RespokeClient.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
