import { useState } from 'preact/hooks';
import { Check, Field, Name, Text } from '../parts';

type Permissions = Record<string, boolean>;

export interface Role {
  id?: string;
  name: string;
  mediaRelay?: boolean;
  events?: { subscribe?: boolean; unsubscribe?: boolean };
  groups?: Record<string, Permissions | boolean>;
  conferences?: Record<string, Permissions>;
  pstnOut?: string[];
  callerIds?: string[];
}

const SERVER_SET = ['id', 'appId', 'accountId', 'createdAt', 'updatedAt'];
const GROUP = ['subscribe', 'unsubscribe', 'create', 'destroy', 'publish', 'getsubscribers'];
const CONFERENCE = ['join', 'destroy', 'removeparticipants', 'host'];

export const blank = (): Role => ({
  name: '',
  mediaRelay: false,
  events: { subscribe: false, unsubscribe: false },
  groups: { list: true, '*': Object.fromEntries(GROUP.map((key) => [key, true])) },
  conferences: {},
  pstnOut: [],
  callerIds: [],
});

/** Without what the service sets by itself. */
export const editable = (role: Role): Role =>
  Object.fromEntries(Object.entries(role).filter(([key]) => !SERVER_SET.includes(key))) as unknown as Role;

const lines = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);

function List({ label, hint, value, onValue }: { label: string; hint: string; value: string[]; onValue: (value: string[]) => void }) {
  const [text, setText] = useState(value.join('\n'));
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <textarea
          id={id}
          rows={2}
          value={text}
          onInput={(e) => {
            setText(e.currentTarget.value);
            onValue(lines(e.currentTarget.value));
          }}
        />
      )}
    </Field>
  );
}

/** Permissions by pattern: an exact name, a beginning with *, or * for all. The longest that fits counts. */
function Patterns({
  what,
  keys,
  value,
  onValue,
}: {
  what: string;
  keys: string[];
  value: Record<string, Permissions>;
  onValue: (value: Record<string, Permissions>) => void;
}) {
  const [added, setAdded] = useState('');
  const add = () => {
    const pattern = added.trim();
    if (pattern && !(pattern in value)) {
      onValue({ ...value, [pattern]: {} });
      setAdded('');
    }
  };
  return (
    <>
      {Object.entries(value).map(([pattern, permissions]) => (
        <fieldset class="pattern" key={pattern}>
          <legend>
            <Name code value={pattern} />
          </legend>
          <div class="checks">
            {keys.map((key) => (
              <Check
                label={key}
                checked={permissions[key] === true}
                onChange={(on) => onValue({ ...value, [pattern]: { ...permissions, [key]: on } })}
              />
            ))}
          </div>
          <button
            type="button"
            class="small"
            aria-label={`Remove ${what} ${pattern}`}
            onClick={() => onValue(Object.fromEntries(Object.entries(value).filter(([key]) => key !== pattern)))}
          >
            Remove
          </button>
        </fieldset>
      ))}
      <div class="tools">
        <input
          aria-label={`New pattern for ${what}`}
          placeholder="vip-* or *"
          value={added}
          onInput={(e) => setAdded(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter') {
              e.preventDefault();
              add();
            }
          }}
        />
        <button type="button" class="small" onClick={add}>
          Add {what}
        </button>
      </div>
    </>
  );
}

export function RoleForm({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const { list, ...patterns } = role.groups ?? {};
  const groups = patterns as Record<string, Permissions>;
  const setGroups = (listing: boolean, changed: Record<string, Permissions>) =>
    onChange({ ...role, groups: { ...(listing ? { list: true } : { list: false }), ...changed } });
  return (
    <>
      <Text label="Name" required value={role.name} onValue={(name) => onChange({ ...role, name })} />
      <h3>Groups</h3>
      <Check label="List all groups of the app" checked={list === true} onChange={(on) => setGroups(on, groups)} />
      <Patterns what="groups" keys={GROUP} value={groups} onValue={(changed) => setGroups(list === true, changed)} />
      <h3>Conferences</h3>
      <Patterns
        what="conferences"
        keys={CONFERENCE}
        value={role.conferences ?? {}}
        onValue={(conferences) => onChange({ ...role, conferences })}
      />
      <h3>Calls</h3>
      <Check
        label="Media relay (TURN)"
        checked={role.mediaRelay === true}
        onChange={(mediaRelay) => onChange({ ...role, mediaRelay })}
      />
      <div class="row">
        <List
          label="Numbers it may call"
          hint="One a line, as +15551234567; * for any."
          value={role.pstnOut ?? []}
          onValue={(pstnOut) => onChange({ ...role, pstnOut })}
        />
        <List
          label="Caller ids it may show"
          hint="One a line. A single one is used by itself."
          value={role.callerIds ?? []}
          onValue={(callerIds) => onChange({ ...role, callerIds })}
        />
      </div>
      <h3>Events of the app</h3>
      <div class="checks">
        {(['subscribe', 'unsubscribe'] as const).map((key) => (
          <Check
            label={key}
            checked={role.events?.[key] === true}
            onChange={(on) => onChange({ ...role, events: { ...role.events, [key]: on } })}
          />
        ))}
      </div>
    </>
  );
}
