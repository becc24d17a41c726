/** Keeps the data of the self-hosted service in a relational database. */
@NullMarked
package io.respoke.service.jdbc;

import org.jspecify.annotations.NullMarked;
