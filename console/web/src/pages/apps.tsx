import { useEffect, useRef, useState } from 'preact/hooks';
import { call, message, useRoute, type AppInfo } from '../api';
import { Check, Copy, Heading, Name, Text, Trouble } from '../parts';
import { to } from '../router';

/** The only time a secret is seen. */
function Created({ app, onDone }: { app: AppInfo; onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="card accent" aria-labelledby="created">
      <h2 id="created" ref={heading} tabIndex={-1}>
        <Name value={app.name} /> is ready
      </h2>
      <p>Keep the secret now: it is not shown again. Your server makes tokens with it; it belongs in no browser.</p>
      <Copy label="app id" value={app.id} />
      <Copy label="app secret" value={app.secret ?? ''} />
      <div class="actions">
        <a class="button primary" href={to('apps', app.id, 'try')}>
          Try it
        </a>
        <a class="button" href={to('apps', app.id, 'roles')}>
          Make a role
        </a>
        <button type="button" onClick={onDone}>
          I have kept it
        </button>
      </div>
    </section>
  );
}

function Create({ onCreated }: { onCreated: (app: AppInfo) => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [development, setDevelopment] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = async (e: Event) => {
    e.preventDefault();
    try {
      onCreated(await call<AppInfo>('POST', 'apps', { name, description, developmentMode: development }));
      setName('');
      setDescription('');
      setDevelopment(false);
      setTrouble(null);
    } catch (failure) {
      setTrouble(message(failure));
    }
  };
  return (
    <form class="card" onSubmit={submit} aria-labelledby="create">
      <h2 id="create">Create an app</h2>
      <Trouble text={trouble} />
      <div class="row">
        <Text label="Name" required maxLength={200} value={name} onValue={setName} />
        <Text label="Description" maxLength={1000} value={description} onValue={setDescription} />
      </div>
      <Check
        label="Development mode: anybody may be any endpoint, without a server of yours"
        checked={development}
        onChange={setDevelopment}
      />
      <div class="actions">
        <button class="primary">Create app</button>
      </div>
    </form>
  );
}

export function Apps() {
  const { data, error, reload } = useRoute<AppInfo[]>('apps');
  const [created, setCreated] = useState<AppInfo | null>(null);
  return (
    <>
      <Heading title="Apps" />
      <Trouble text={error} />
      {created && <Created key={created.id} app={created} onDone={() => setCreated(null)} />}
      <ul class="cards">
        {data?.map((app) => (
          <li key={app.id}>
            <a class="card link" href={to('apps', app.id)}>
              <strong>
                <Name value={app.name} />
              </strong>
              <span class="tag">{app.developmentMode ? 'development mode' : 'brokered tokens'}</span>
              {app.description && <Name value={app.description} />}
              <Name code value={app.id} />
            </a>
          </li>
        ))}
      </ul>
      <Create
        onCreated={(app) => {
          setCreated(app);
          reload();
          scrollTo({ top: 0 });
        }}
      />
    </>
  );
}
