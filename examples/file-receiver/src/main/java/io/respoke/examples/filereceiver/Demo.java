package io.respoke.examples.filereceiver;

import io.respoke.Client;
import io.respoke.ClientOptions;
import io.respoke.DirectConnection;
import io.respoke.Respoke;
import io.respoke.service.RespokeService;
import io.respoke.service.ServiceOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A service in this JVM, the receiver, and somebody who sends a file of 1 MiB. */
final class Demo {
  private Demo() {}

  static void run(PrintStream out) throws Exception {
    Path directory = Files.createTempDirectory("file-receiver");
    byte[] content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    Path file = Files.write(Files.createTempDirectory("outbox").resolve("noise.bin"), content);
    try (RespokeService service = RespokeService.start(ServiceOptions.defaults());
        FileReceiver receiver = new FileReceiver(settings(service), directory, out);
        Client ada = Respoke.createClient(ada(service))) {
      await(receiver.start());
      await(ada.connect());
      DirectConnection connection = ada.startDirectConnection("files");
      FileSender sender = new FileSender(connection);
      await(connection.opened());
      out.println("ada is told: " + sender.send(file));
      await(connection.close());
    }
    out.println("file-receiver: ok; look into " + directory);
  }

  static ClientOptions settings(RespokeService service) {
    return FileReceiver.options(
        Map.of(
            "RESPOKE_BASE_URL", service.baseUrl().toString(),
            "RESPOKE_APP_SECRET", service.app().secret()),
        "files");
  }

  static ClientOptions ada(RespokeService service) {
    return ClientOptions.builder()
        .baseUrl(service.baseUrl())
        .appId(service.app().id())
        .developmentMode(true)
        .endpointId("ada")
        .build();
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
