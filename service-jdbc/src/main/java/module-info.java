/** Keeps the data of the self-hosted service in an H2 file or in PostgreSQL. */
@SuppressWarnings(
    "requires-automatic") // the pool, the migrations and the SQL library are no modules yet
module io.respoke.service.jdbc {
  requires transitive io.respoke.service;
  requires java.sql;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires org.jdbi.v3.core;
  requires io.leangen.geantyref; // Jdbi needs it, and cannot say so
  requires static transitive org.jspecify;

  exports io.respoke.service.jdbc;
}
