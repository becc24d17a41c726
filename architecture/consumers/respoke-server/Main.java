package consumer;

import io.respoke.server.ServiceMain;

/** It says how it is used. */
class Main {
  public static void main(String[] args) {
    ServiceMain.main(new String[] {"--help"});
    Module module = ServiceMain.class.getModule();
    System.out.println("ok: " + (module.isNamed() ? module : "class path"));
  }
}
