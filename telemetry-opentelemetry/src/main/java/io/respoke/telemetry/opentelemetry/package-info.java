/**
 * Telemetry of clients by OpenTelemetry: {@link
 * io.respoke.telemetry.opentelemetry.OpenTelemetryTelemetry}.
 */
@NullMarked
package io.respoke.telemetry.opentelemetry;

import org.jspecify.annotations.NullMarked;
