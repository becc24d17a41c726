import { useState } from 'preact/hooks';
import { call, message, useRoute, type AppInfo } from '../api';
import { Confirm, Good, Name, Table, Trouble } from '../parts';
import { go, to } from '../router';
import { blank, editable, RoleForm, type Role } from './role-form';

/** The two that every app begins with come first and cannot be changed. */
const BUILT_IN = ['default', 'development'];

export function Roles({ app }: { app: AppInfo }) {
  const { data, error } = useRoute<Role[]>(`roles?appId=${encodeURIComponent(app.id)}`);
  return (
    <section aria-label="Roles">
      <div class="tools">
        <p class="hint">What an endpoint may do comes from the role that its token names.</p>
        <a class="button primary" href={to('apps', app.id, 'roles', 'new')}>
          Create a role
        </a>
      </div>
      <Trouble text={error} />
      {data && (
        <Table<Role>
          label="Roles"
          items={data}
          id={(role) => role.id ?? role.name}
          empty="There is no role."
          columns={[
            { title: 'Name', cell: (r) => <Name value={r.name} /> },
            { title: 'Groups', cell: (r) => Object.keys(r.groups ?? {}).filter((k) => k !== 'list').length },
            { title: 'TURN', cell: (r) => (r.mediaRelay ? 'yes' : 'no') },
            { title: 'Id', cell: (r) => <Name code value={r.id ?? ''} /> },
            {
              title: 'Action',
              cell: (r) => (
                <a class="button small" href={to('apps', app.id, 'roles', r.id ?? '')}>
                  {BUILT_IN.includes(r.name) ? 'Look at it' : 'Edit'}
                </a>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

export function RolePage({ app, id }: { app: AppInfo; id: string }) {
  const fresh = id === 'new';
  const { data, error } = useRoute<Role[]>(`roles?appId=${encodeURIComponent(app.id)}`);
  const found = fresh ? null : data?.find((role) => role.id === id);
  if (!data) {
    return <Trouble text={error} />;
  }
  if (!fresh && !found) {
    return <Trouble text="There is no such role." />;
  }
  const index = found ? data.indexOf(found) : -1;
  const builtIn = index >= 0 && index < 2 && BUILT_IN.includes(found!.name);
  return <Editor app={app} initial={found ?? blank()} builtIn={builtIn} />;
}

function Editor({ app, initial, builtIn }: { app: AppInfo; initial: Role; builtIn: boolean }) {
  const [role, setRole] = useState<Role>(initial);
  const [json, setJson] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [removing, setRemoving] = useState(false);
  const fresh = initial.id === undefined;

  const parsed = (): Role => {
    if (json === null) {
      return role;
    }
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Error('A role is a JSON object.');
    }
    return { ...(value as Role), ...(role.id === undefined ? {} : { id: role.id }) };
  };
  const toForm = () => {
    try {
      setRole(parsed());
      setJson(null);
      setTrouble(null);
    } catch (e) {
      setTrouble(message(e));
    }
  };
  const save = async (e: Event) => {
    e.preventDefault();
    setSaved(null);
    try {
      const wanted = editable(parsed());
      const answer = fresh
        ? await call<Role>('POST', 'roles', { ...wanted, appId: app.id })
        : await call<Role>('PUT', `roles/${encodeURIComponent(initial.id!)}`, wanted);
      setTrouble(null);
      if (fresh) {
        go('apps', app.id, 'roles');
      } else {
        setRole(answer);
        setJson((old) => (old === null ? null : JSON.stringify(editable(answer), null, 2)));
        setSaved('Saved. It counts from the next request on.');
      }
    } catch (failure) {
      setTrouble(message(failure));
    }
  };
  const remove = async () => {
    setRemoving(false);
    try {
      await call('DELETE', `roles/${encodeURIComponent(initial.id!)}`);
      go('apps', app.id, 'roles');
    } catch (failure) {
      setTrouble(message(failure));
    }
  };
  return (
    <form class="card role" onSubmit={save} aria-label="Role">
      <div class="segments" role="group" aria-label="How to edit">
        <button type="button" aria-pressed={json === null} onClick={toForm}>
          Form
        </button>
        <button type="button" aria-pressed={json !== null} onClick={() => json === null && setJson(JSON.stringify(editable(role), null, 2))}>
          JSON
        </button>
      </div>
      {builtIn && <p class="notice">This role is built in: it can be looked at, not changed.</p>}
      <Trouble text={trouble} />
      <Good text={saved} />
      {json === null ? (
        <fieldset disabled={builtIn}>
          <RoleForm role={role} onChange={setRole} />
        </fieldset>
      ) : (
        <textarea
          class="code"
          aria-label="Role as JSON"
          rows={24}
          spellcheck={false}
          readOnly={builtIn}
          value={json}
          onInput={(e) => setJson(e.currentTarget.value)}
        />
      )}
      {!builtIn && (
        <div class="actions">
          <button class="primary">{fresh ? 'Create role' : 'Save role'}</button>
          <a class="button" href={to('apps', app.id, 'roles')}>
            Back
          </a>
          {!fresh && (
            <button type="button" class="danger" onClick={() => setRemoving(true)}>
              Delete role
            </button>
          )}
        </div>
      )}
      {removing && (
        <Confirm title="Delete this role?" action="Delete it" onNo={() => setRemoving(false)} onYes={remove}>
          <p>Endpoints that have it may do nothing that needs a permission any more.</p>
        </Confirm>
      )}
    </form>
  );
}
