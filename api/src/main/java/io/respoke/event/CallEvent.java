package io.respoke.event;

import io.respoke.Call;

/** Something that happened to a call. Events of one call are delivered in order. */
public sealed interface CallEvent extends RespokeEvent
    permits IncomingCall,
        CallStateChanged,
        CallAnswered,
        CallApproved,
        CallProgressed,
        LocalMediaReady,
        CallConnected,
        RemoteMediaReceived,
        MediaConnected,
        MediaInterrupted,
        MuteChanged,
        ToneSent,
        ToneSendingComplete,
        ToneSendingCancelled,
        MediaStatsMeasured,
        CallEnded {
  /** Which call. */
  Call call();
}
