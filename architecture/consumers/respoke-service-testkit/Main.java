package consumer;

import io.respoke.service.RespokeService;
import io.respoke.service.testkit.RespokeServiceExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test can be written with it. */
class Main {
  @RegisterExtension
  static final RespokeServiceExtension RESPOKE = RespokeServiceExtension.perClass();

  @Test
  void aTest(RespokeService service) {
    service.hooks().clearRefusals();
  }

  public static void main(String[] args) throws Exception {
    if (!Main.class
        .getDeclaredMethod("aTest", RespokeService.class)
        .isAnnotationPresent(Test.class)) {
      throw new AssertionError("not a test");
    }
    try {
      RESPOKE.service();
      throw new AssertionError("a service outside of tests");
    } catch (IllegalStateException e) {
      if (!e.getMessage().contains("register the extension")) {
        throw e;
      }
    }
    Module module = RespokeServiceExtension.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
