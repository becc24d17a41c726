package consumer;

import io.respoke.cdi.FromEndpoint;
import io.respoke.cdi.InGroup;
import io.respoke.cdi.OnCall;
import io.respoke.cdi.RespokeClient;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.annotation.Annotation;
import java.util.ServiceLoader;

/** The qualifiers can be used as annotations and as objects, and the extension is found. */
class Main {
  @RespokeClient("support")
  @FromEndpoint("kirk")
  @InGroup("bridge")
  @OnCall(OnCall.Direction.INCOMING)
  private static final Object CLIENT = new Object();

  public static void main(String[] args) throws Exception {
    Annotation[] written = Main.class.getDeclaredField("CLIENT").getAnnotations();
    Annotation[] literals = {
      RespokeClient.Literal.of("support"),
      FromEndpoint.Literal.of("kirk"),
      InGroup.Literal.of("bridge"),
      OnCall.Literal.of(OnCall.Direction.INCOMING)
    };
    if (!java.util.Arrays.equals(literals, written)) {
      throw new AssertionError(java.util.Arrays.toString(written));
    }
    if (ServiceLoader.load(Extension.class).stream().count() != 1) {
      throw new AssertionError("the extension is not found");
    }
    Module module = RespokeClient.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
