package io.respoke.service.jdbc;

import io.respoke.service.storage.StorageException;
import io.respoke.service.storage.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The tables, and how they came to be: each version is one script, run once. */
final class Schema {
  private static final List<String> SCRIPTS =
      List.of(
          "V1__service.sql",
          "V2__webhooks.sql",
          "V3__push_rules.sql",
          "V4__webhook_outcomes.sql",
          "V5__push_events.sql");
  private static final MigrationVersion KNOWN =
      MigrationVersion.fromVersion(Integer.toString(SCRIPTS.size()));
  private static final String HISTORY = "respoke_schema_history";

  private Schema() {}

  /**
   * Makes the tables, or brings those of an older version up to this one.
   *
   * @throws StorageException if they are of a newer version, or cannot be changed
   */
  static void migrate(DataSource database, DatabaseUrl url) {
    try {
      Flyway flyway =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(database)
              .table(HISTORY)
              .baselineOnMigrate(true)
              .baselineVersion("0")
              .resourceProvider(new Scripts())
              .javaMigrationClassProvider(List::of)
              .validateMigrationNaming(false)
              .load();
      MigrationInfo current = flyway.info().current();
      MigrationVersion found = current == null ? null : current.getVersion();
      if (found != null && found.compareTo(KNOWN) > 0) {
        throw new StorageException(
            Reason.UNUSABLE,
            "the database "
                + url
                + " has schema version "
                + found
                + ", and this program knows versions up to "
                + KNOWN
                + "; run the version that wrote it or a newer one, or restore a backup made before"
                + " the update",
            null);
      }
      var unused = flyway.migrate();
    } catch (FlywayException e) {
      throw new StorageException(
          Reason.UNUSABLE,
          "the tables in " + url + " cannot be brought up to date: " + e.getMessage(),
          e);
    }
  }

  /** The scripts lie beside this class, where scanning a class path need not find them. */
  private static final class Scripts implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      for (String script : SCRIPTS) {
        if (name.endsWith(script)) {
          return new Script(script);
        }
      }
      return null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return SCRIPTS.stream()
          .filter(name -> name.startsWith(prefix) && List.of(suffixes).contains(".sql"))
          .<LoadableResource>map(Script::new)
          .toList();
    }
  }

  private static final class Script extends LoadableResource {
    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      InputStream script = Schema.class.getResourceAsStream(name);
      if (script == null) {
        throw new UncheckedIOException(new IOException("this program lacks its own " + name));
      }
      return new InputStreamReader(script, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
