package io.respoke.cdi.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** How each server is installed, started and given an application again. */
enum ServerKind {
  LIBERTY("Open Liberty", "openliberty-runtime", 9080) {
    @Override
    List<String> prepare(Installation at, List<String> options) throws IOException {
      Path server = Files.createDirectories(at.home().resolve("wlp/usr/servers/defaultServer"));
      Files.writeString(
          server.resolve("server.xml"),
          """
          <server>
            <featureManager>
              <feature>cdi-4.0</feature>
              <feature>servlet-6.0</feature>
              <feature>websocket-2.1</feature>
              <feature>jsonb-3.0</feature>
              <feature>concurrent-3.0</feature>
              <feature>mpConfig-3.1</feature>
            </featureManager>
            <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
            <applicationMonitor updateTrigger="polled" pollingRate="200ms"/>
          </server>
          """
              .formatted(at.port()));
      Files.write(server.resolve("jvm.options"), options);
      deploy(at);
      return List.of(at.home().resolve("wlp/bin/server").toString(), "run", "defaultServer");
    }

    @Override
    void deploy(Installation at) throws IOException {
      Path apps = at.home().resolve("wlp/usr/servers/defaultServer/dropins");
      copyInto(Files.createDirectories(apps), at.war());
    }
  },

  WILDFLY("WildFly", "wildfly-dist", 8080) {
    @Override
    List<Integer> offsets() {
      return List.of(8443 - 8080, 9990 - 8080, 9993 - 8080);
    }

    @Override
    List<String> prepare(Installation at, List<String> options) throws IOException {
      Path configuration = at.home().resolve("standalone/configuration/standalone.xml");
      Files.writeString(
          configuration,
          Files.readString(configuration)
              .replace("scan-interval=\"5000\"", "scan-interval=\"500\""));
      deploy(at);
      List<String> command = new ArrayList<>();
      command.add(at.home().resolve("bin/standalone.sh").toString());
      command.addAll(List.of("-b", "127.0.0.1", "-bmanagement", "127.0.0.1"));
      command.add("-Djboss.socket.binding.port-offset=" + (at.port() - 8080));
      // Its start script takes the rest from the environment.
      return command;
    }

    @Override
    void deploy(Installation at) throws IOException {
      Path deployments = at.home().resolve("standalone/deployments");
      copyInto(deployments, at.war());
      Path marker = deployments.resolve("probe.war.dodeploy");
      if (!Files.exists(marker)) {
        Files.createFile(marker);
      }
    }
  },

  PAYARA("Payara Micro", "payara-micro", 8080) {
    @Override
    List<String> prepare(Installation at, List<String> options) throws IOException {
      Path commands =
          Files.writeString(
              at.home().resolve("boot.txt"),
              "set configs.config.server-config.network-config.network-listeners"
                  + ".network-listener.http-listener.address=127.0.0.1\n");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      command.addAll(List.of("-jar", at.archive().toString(), "--nohazelcast"));
      command.addAll(List.of("--disablephonehome", "--prebootcommandfile", commands.toString()));
      command.addAll(List.of("--port", String.valueOf(at.port()), "--contextroot", "probe"));
      command.addAll(List.of("--deploy", at.war().toString()));
      return command;
    }

    @Override
    boolean deploysAgain() {
      return false;
    }

    @Override
    void deploy(Installation at) {
      throw new UnsupportedOperationException("Payara Micro deploys when it starts");
    }
  };

  /**
   * Where one is.
   *
   * @param archive what was fetched
   * @param home where it was unpacked
   * @param war the application
   * @param port where it is to listen
   */
  record Installation(Path archive, Path home, Path war, int port) {}

  private final String title;
  private final String artifact;
  private final int usualPort;

  ServerKind(String title, String artifact, int usualPort) {
    this.title = title;
    this.artifact = artifact;
    this.usualPort = usualPort;
  }

  String title() {
    return title;
  }

  String artifact() {
    return artifact;
  }

  int usualPort() {
    return usualPort;
  }

  /** Where else it listens, counted from its port. */
  List<Integer> offsets() {
    return List.of();
  }

  /** Configures it with the application and options of its JVM; returns the command. */
  abstract List<String> prepare(Installation at, List<String> options) throws IOException;

  /** Puts the application where the server looks for it, again. */
  abstract void deploy(Installation at) throws IOException;

  /** Whether it takes an application again while it runs. */
  boolean deploysAgain() {
    return true;
  }

  private static void copyInto(Path directory, Path war) throws IOException {
    Path copy = directory.resolve("probe.war");
    Files.copy(war, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(copy, FileTime.fromMillis(System.currentTimeMillis()));
  }
}
