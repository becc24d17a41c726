package io.respoke.core.runtime;

import io.respoke.core.http.HttpGateway;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * What a client runs on.
 *
 * @param scheduler time
 * @param engine for the client's own short, never blocking work
 * @param callbacks for the application's code, which may block
 * @param lane for connects, which may block
 * @param http plain HTTP
 * @param random from 0 (inclusive) to 1 (exclusive), for jitter
 * @param release called once when the client is closed
 */
public record ClientRuntime(
    Scheduler scheduler,
    Executor engine,
    Executor callbacks,
    ConnectLane lane,
    HttpGateway http,
    DoubleSupplier random,
    Runnable release) {}
