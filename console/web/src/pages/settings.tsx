import { useState } from 'preact/hooks';
import { call, message, type AppInfo } from '../api';
import { Confirm, Field, Good, Switch, Text, Trouble } from '../parts';
import { go } from '../router';

export function Settings({ app, onChanged }: { app: AppInfo; onChanged: () => void }) {
  const path = `apps/${encodeURIComponent(app.id)}`;
  const [name, setName] = useState(app.name);
  const [description, setDescription] = useState(app.description);
  const [domains, setDomains] = useState((app.permittedDomains ?? []).join('\n'));
  const [done, setDone] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [removing, setRemoving] = useState(false);
  const change = async (changes: object, said: string) => {
    setDone(null);
    try {
      await call('PUT', path, changes);
      setTrouble(null);
      setDone(said);
      onChanged();
    } catch (e) {
      setTrouble(message(e));
    }
  };
  const remove = async () => {
    setRemoving(false);
    try {
      await call('DELETE', path);
      go('apps');
    } catch (e) {
      setTrouble(message(e));
    }
  };
  return (
    <>
      <Trouble text={trouble} />
      <Good text={done} />
      <section class="card" aria-label="Development mode">
        <Switch
          label="Development mode"
          checked={app.developmentMode}
          onChange={(on) => change({ developmentMode: on }, on ? 'Development mode is on.' : 'Development mode is off.')}
        />
        <p class="hint">With it anybody may be any endpoint. Switch it off where strangers can reach the service.</p>
      </section>
      <form
        class="card"
        aria-label="App"
        onSubmit={(e) => {
          e.preventDefault();
          const permittedDomains = domains.split(/[\n,]/).map((d) => d.trim()).filter(Boolean);
          void change({ name, description, permittedDomains }, 'Saved.');
        }}
      >
        <div class="row">
          <Text label="Name" required value={name} onValue={setName} />
          <Text label="Description" value={description} onValue={setDescription} />
        </div>
        <Field label="Permitted domains" hint="One a line; pages of others cannot connect. Empty permits all.">
          {(id) => <textarea id={id} rows={3} value={domains} onInput={(e) => setDomains(e.currentTarget.value)} />}
        </Field>
        <div class="actions">
          <button class="primary">Save</button>
        </div>
      </form>
      <section class="card" aria-label="Delete the app">
        <p>Deleting the app closes its connections and forgets its roles and its history.</p>
        <div class="actions">
          <button type="button" class="danger" onClick={() => setRemoving(true)}>
            Delete app
          </button>
        </div>
      </section>
      {removing && (
        <Confirm title="Delete this app?" action="Delete it" onNo={() => setRemoving(false)} onYes={remove}>
          <p>This cannot be taken back.</p>
        </Confirm>
      )}
    </>
  );
}
