import { useEffect, useRef, useState } from 'preact/hooks';
import { call, message, useRoute, type AppInfo } from '../api';
import { Check, Confirm, Copy, Good, Text, Trouble } from '../parts';
import { Deliveries } from './deliveries';

interface Webhook {
  url: string | null;
  types: string[];
  availableTypes: string[];
  secret?: string;
}

/** The only time a secret is seen. */
function NewSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [secret]);
  return (
    <section class="card accent" aria-labelledby="new-secret">
      <h2 id="new-secret" ref={heading} tabIndex={-1}>
        The secret of the webhook
      </h2>
      <p>Keep it now: it is not shown again. Your server checks with it that a request is from this service.</p>
      <Copy label="webhook secret" value={secret} />
      <div class="actions">
        <button type="button" onClick={onDone}>
          I have kept it
        </button>
      </div>
    </section>
  );
}

export function Webhooks({ app }: { app: AppInfo }) {
  const path = `apps/${encodeURIComponent(app.id)}`;
  const { data, error } = useRoute<Webhook>(`${path}/webhook`);
  return (
    <>
      <Trouble text={error} />
      {data && <Editor path={path} initial={data} />}
      {data && <Deliveries path={`${path}/webhook-deliveries`} />}
    </>
  );
}

function Editor({ path, initial }: { path: string; initial: Webhook }) {
  const all = initial.availableTypes;
  const [exists, setExists] = useState(initial.url !== null);
  const [url, setUrl] = useState(initial.url ?? '');
  const [types, setTypes] = useState(exists ? initial.types : all);
  const [own, setOwn] = useState('');
  const [secret, setSecret] = useState<string | null>(null);
  const [asking, setAsking] = useState<'secret' | 'removal' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const attempt = async (work: () => Promise<string>) => {
    setAsking(null);
    setDone(null);
    try {
      setDone(await work());
      setTrouble(null);
    } catch (e) {
      setTrouble(message(e));
    }
  };
  const put = async (changes: object) => {
    const answer = await call<Webhook>('PUT', `${path}/webhook`, changes);
    setExists(true);
    if (answer.secret || own) {
      setSecret(answer.secret ?? null);
    }
  };
  const save = () =>
    attempt(async () => {
      await put({ url, types: all.filter((type) => types.includes(type)), ...(own && { secret: own }) });
      setOwn('');
      return exists ? 'Saved. What waits is sent at once.' : 'The webhook is set up.';
    });
  const renew = () =>
    attempt(async () => {
      await put({ newSecret: true });
      return 'Requests are signed with the new secret from now on.';
    });
  const remove = () =>
    attempt(async () => {
      await call('DELETE', `${path}/webhook`);
      setExists(false);
      setUrl('');
      setTypes(all);
      setSecret(null);
      return 'The webhook was removed.';
    });
  const test = () =>
    attempt(async () => {
      await call('POST', `${path}/webhook/test`);
      return 'A test event is on its way.';
    });
  return (
    <>
      {secret && <NewSecret secret={secret} onDone={() => setSecret(null)} />}
      <form
        class="card"
        aria-label="Webhook"
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <p class="hint">What happens in the app is posted, as signed JSON, to a server of yours.</p>
        <Trouble text={trouble} />
        <Good text={done} />
        <div class="row">
          <Text label="URL" autocomplete="off" required value={url} onValue={setUrl} />
          <Text
            label="Secret of your own"
            type="password"
            autocomplete="off"
            hint={exists ? 'Empty keeps the one there is.' : 'Empty lets the service make one.'}
            value={own}
            onValue={setOwn}
          />
        </div>
        <fieldset class="pattern">
          <legend>Events</legend>
          <div class="checks wide">
            {all.map((type) => (
              <Check
                label={type}
                checked={types.includes(type)}
                onChange={(on) => setTypes((old) => (on ? [...old, type] : old.filter((other) => other !== type)))}
              />
            ))}
          </div>
        </fieldset>
        <div class="actions">
          <button class="primary">{exists ? 'Save webhook' : 'Create webhook'}</button>
          {exists && (
            <>
              <button type="button" onClick={test}>
                Send a test event
              </button>
              <button type="button" onClick={() => setAsking('secret')}>
                Make a new secret
              </button>
              <button type="button" class="danger" onClick={() => setAsking('removal')}>
                Remove webhook
              </button>
            </>
          )}
        </div>
      </form>
      {asking === 'secret' && (
        <Confirm title="Make a new secret?" action="Make it" onNo={() => setAsking(null)} onYes={renew}>
          <p>Your server refuses what is sent until it knows the new one. The service sends that again later.</p>
        </Confirm>
      )}
      {asking === 'removal' && (
        <Confirm title="Remove this webhook?" action="Remove it" onNo={() => setAsking(null)} onYes={remove}>
          <p>What waits is given up, and its secret is forgotten.</p>
        </Confirm>
      )}
    </>
  );
}
