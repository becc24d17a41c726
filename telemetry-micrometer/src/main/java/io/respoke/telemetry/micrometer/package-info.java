/**
 * Telemetry of clients by Micrometer: {@link io.respoke.telemetry.micrometer.MicrometerTelemetry}.
 */
@NullMarked
package io.respoke.telemetry.micrometer;

import org.jspecify.annotations.NullMarked;
