// respoke.js is packed apart, as a script of its own, because it does not run in strict mode.
import url from '../generated/respoke.js?url';

/** As much of respoke.js 1.56.0 as the console uses. */
export interface RespokeCall {
  caller: boolean;
  answer(options: object): void;
  reject(): void;
  hangup(): void;
  listen(event: string, listener: (e: never) => void): void;
}

export interface RespokeClient {
  connect(options: object): Promise<void>;
  disconnect(): Promise<void>;
  sendMessage(options: { endpointId: string; message: string }): Promise<void>;
  startAudioCall(options: object): RespokeCall;
  startVideoCall(options: object): RespokeCall;
  listen(event: string, listener: (e: never) => void): void;
}

export interface Respoke {
  createClient(options: object): RespokeClient;
}

declare global {
  interface Window {
    respoke?: Respoke;
  }
}

let loading: Promise<Respoke> | undefined;

/** Loads it when it is first needed. */
export function loadRespoke(): Promise<Respoke> {
  loading ??= new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => (window.respoke ? loaded(window.respoke) : failed(new Error('respoke.js did not start.')));
    script.onerror = () => {
      loading = undefined;
      failed(new Error('respoke.js could not be loaded.'));
    };
    document.head.append(script);
  });
  return loading;
}
