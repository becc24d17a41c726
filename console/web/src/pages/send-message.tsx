import { useState } from 'preact/hooks';
import { call, message, type AppInfo } from '../api';
import { Field, Good, Text, Trouble } from '../parts';

export function SendMessage({ app }: { app: AppInfo }) {
  const [kind, setKind] = useState<'endpoint' | 'group'>('endpoint');
  const [from, setFrom] = useState('console');
  const [target, setTarget] = useState('');
  const [text, setText] = useState('Hello from the console');
  const [sent, setSent] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = async (e: Event) => {
    e.preventDefault();
    setSent(null);
    try {
      const common = { appId: app.id, endpointId: from, message: text };
      if (kind === 'group') {
        await call('POST', `channels/${encodeURIComponent(target)}/publish`, common);
      } else {
        await call('POST', 'messages', { ...common, to: target });
      }
      setTrouble(null);
      setSent('The service took it. Who is connected has it now.');
    } catch (failure) {
      setTrouble(message(failure));
    }
  };
  return (
    <form class="card narrow" onSubmit={submit} aria-label="Send a test message">
      <Trouble text={trouble} />
      <Good text={sent} />
      <Field label="To">
        {(id) => (
          <select id={id} value={kind} onChange={(e) => setKind(e.currentTarget.value as 'endpoint' | 'group')}>
            <option value="endpoint">An endpoint</option>
            <option value="group">The members of a group</option>
          </select>
        )}
      </Field>
      <Text label={kind === 'group' ? 'Group' : 'Endpoint'} required value={target} onValue={setTarget} />
      <Text label="From the endpoint" required value={from} onValue={setFrom} />
      <Field label="Message">
        {(id) => <textarea id={id} rows={3} required value={text} onInput={(e) => setText(e.currentTarget.value)} />}
      </Field>
      <div class="actions">
        <button class="primary">Send</button>
      </div>
    </form>
  );
}
