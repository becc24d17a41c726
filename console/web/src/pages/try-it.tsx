import { useEffect, useRef, useState } from 'preact/hooks';
import { call as request, message, type AppInfo } from '../api';
import { loadRespoke, type RespokeCall, type RespokeClient } from '../respoke';
import { Good, Name, Text, Trouble } from '../parts';
import { to } from '../router';

interface Line {
  who: string;
  text: string;
  mine: boolean;
}

type CallState = 'none' | 'calling' | 'ringing' | 'talking';

const KEPT = 200;

/** respoke.js itself, as every page would use it, with a token that the console has made. */
export function TryIt({ app, me, other }: { app: AppInfo; me: string; other: string }) {
  const [name, setName] = useState(me);
  const [peer, setPeer] = useState(other);
  const [client, setClient] = useState<RespokeClient | null>(null);
  const [busy, setBusy] = useState(false);
  const [lines, setLines] = useState<Line[]>([]);
  const [draft, setDraft] = useState('Hello!');
  const [callState, setCallState] = useState<CallState>('none');
  const [note, setNote] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const call = useRef<RespokeCall | null>(null);
  const media = useRef<HTMLDivElement>(null);
  const chat = useRef<HTMLOListElement>(null);
  const live = useRef<RespokeClient | null>(null);

  useEffect(
    () => () => {
      call.current?.hangup();
      void live.current?.disconnect();
    },
    [],
  );

  useEffect(() => {
    chat.current?.scrollTo({ top: chat.current.scrollHeight });
  }, [lines]);

  const say = (line: Line) => setLines((old) => [...old, line].slice(-KEPT));

  const over = () => {
    call.current = null;
    setCallState('none');
    media.current?.replaceChildren();
  };

  const callbacks = () => ({
    enableCallDebugReport: false,
    onConnect(e: { element?: HTMLMediaElement }) {
      setCallState('talking');
      if (e.element) {
        e.element.controls = true;
        media.current?.replaceChildren(e.element);
      }
    },
    onHangup: over,
    onError(e: { reason?: string }) {
      setTrouble(e.reason ?? 'The call failed.');
      over();
    },
  });

  const connect = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setTrouble(null);
    try {
      const respoke = await loadRespoke();
      const { tokenId } = await request<{ tokenId: string }>('POST', 'tokens', { appId: app.id, endpointId: name });
      const made = respoke.createClient({ baseURL: location.origin, appId: app.id, reconnect: false, enableCallDebugReport: false });
      made.listen('message', (e: { message: { endpointId: string; message: unknown } }) => {
        const text = e.message.message;
        say({ who: e.message.endpointId, text: typeof text === 'string' ? text : JSON.stringify(text), mine: false });
      });
      made.listen('disconnect', () => {
        over();
        live.current = null;
        setClient(null);
        setNote('Disconnected.');
      });
      // respoke.js rejects calls that nobody listens for.
      made.listen('call', (e: { call: RespokeCall; endpoint: { id: string } }) => {
        if (!e.call.caller) {
          call.current = e.call;
          setPeer(e.endpoint.id);
          setCallState('ringing');
          e.call.listen('hangup', over);
        }
      });
      await made.connect({ token: tokenId, presence: 'available' });
      live.current = made;
      setClient(made);
      setNote(null);
    } catch (failure) {
      setTrouble(message(failure));
    } finally {
      setBusy(false);
    }
  };

  const send = async (e: Event) => {
    e.preventDefault();
    try {
      await client!.sendMessage({ endpointId: peer, message: draft });
      say({ who: name, text: draft, mine: true });
      setTrouble(null);
    } catch (failure) {
      setTrouble(message(failure));
    }
  };

  const start = (video: boolean) => {
    setTrouble(null);
    setCallState('calling');
    const options = { endpointId: peer, ...callbacks() };
    call.current = video ? client!.startVideoCall(options) : client!.startAudioCall(options);
  };

  const otherSide = `${to('apps', app.id, 'try')}?${new URLSearchParams({ as: peer, to: name })}`;
  return (
    <div class="try">
      <p class="hint">
        This page runs respoke.js. Open{' '}
        <a href={otherSide} target="_blank" rel="noopener">
          the other side
        </a>{' '}
        in a second tab, connect there too, and talk.
      </p>
      <Trouble text={trouble} />
      <Good text={note} />
      <form class="card row try-connect" onSubmit={connect} aria-label="Connection">
        <Text label="You are" required disabled={client !== null} value={name} onValue={setName} />
        <Text label="You talk to" required value={peer} onValue={setPeer} />
        {client ? (
          <button type="button" onClick={() => client.disconnect()}>
            Disconnect
          </button>
        ) : (
          <button class="primary" disabled={busy}>
            {busy ? 'Connecting…' : 'Connect'}
          </button>
        )}
      </form>
      <div class="row">
        <section class="card" aria-label="Chat">
          <h2>Chat</h2>
          <ol class="chat" aria-live="polite" ref={chat} tabIndex={lines.length > 0 ? 0 : -1} aria-label="Messages">
            {lines.map((line) => (
              <li class={line.mine ? 'mine' : ''}>
                <span class="hint">
                  <Name value={line.who} />
                </span>
                <Name value={line.text} />
              </li>
            ))}
          </ol>
          {lines.length === 0 && <p class="empty">{client ? 'Say something.' : 'Connect first.'}</p>}
          <form class="tools" onSubmit={send}>
            <input aria-label="Message" required value={draft} onInput={(e) => setDraft(e.currentTarget.value)} />
            <button class="primary" disabled={!client}>
              Send
            </button>
          </form>
        </section>
        <section class="card" aria-label="Call">
          <h2>Call</h2>
          <p class={`state ${callState}`} role="status">
            {callState === 'none' && 'No call.'}
            {callState === 'calling' && 'Calling…'}
            {callState === 'ringing' && (
              <>
                <Name value={peer} /> is calling.
              </>
            )}
            {callState === 'talking' && 'Connected.'}
          </p>
          <div class="media" ref={media} />
          <div class="actions">
            {callState === 'none' && (
              <>
                <button type="button" class="primary" disabled={!client} onClick={() => start(false)}>
                  Call with sound
                </button>
                <button type="button" disabled={!client} onClick={() => start(true)}>
                  With pictures
                </button>
              </>
            )}
            {callState === 'ringing' && (
              <button
                type="button"
                class="primary"
                onClick={() => {
                  setCallState('calling');
                  call.current?.answer(callbacks());
                }}
              >
                Answer
              </button>
            )}
            {callState !== 'none' && (
              <button type="button" class="danger" onClick={() => call.current?.hangup()}>
                {callState === 'ringing' ? 'Reject' : 'Hang up'}
              </button>
            )}
          </div>
        </section>
      </div>
    </div>
  );
}
