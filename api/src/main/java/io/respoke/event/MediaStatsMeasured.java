package io.respoke.event;

import io.respoke.Call;
import io.respoke.Client;
import io.respoke.media.MediaStats;

/**
 * Figures of a call, as asked for with {@link Call#statistics(java.time.Duration)}.
 *
 * @param client the client
 * @param call the call
 * @param stats the figures
 */
public record MediaStatsMeasured(Client client, Call call, MediaStats stats) implements CallEvent {}
