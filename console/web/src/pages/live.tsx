import { useState } from 'preact/hooks';
import { call, message, type AppInfo } from '../api';
import { Confirm, Good, Name, Trouble } from '../parts';
import { to } from '../router';
import { Listing } from './listing';

interface Endpoint {
  endpointId: string;
  connections: number;
  groups: number;
  presence: unknown[];
}
interface Connection {
  id: string;
  endpointId: string;
  ipAddress: string;
  clientType: string;
  groups: number;
  presence: unknown;
}
interface Group {
  name: string;
  members: number;
}
interface Member {
  endpointId: string;
  connectionId: string;
}
interface Party {
  address: string;
  type: string;
}
interface Call {
  sessionId: string;
  target: string;
  state: 'ringing' | 'answered' | 'ended';
  startedAt: number;
  caller: Party;
  callee: Party;
}

const KINDS = ['endpoints', 'connections', 'groups', 'calls'] as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const Presence = ({ value }: { value: unknown }) => (
  <span class={`dot ${text(value) === 'unavailable' ? 'off' : ''}`}>
    <Name value={text(value)} />
  </span>
);

const Duration = ({ since }: { since: number }) => {
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
  return <>{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</>;
};

function Members({ path, group, onClose }: { path: string; group: string; onClose: () => void }) {
  return (
    <section class="card">
      <div class="heading">
        <h2>
          Members of <Name value={group} />
        </h2>
        <button type="button" class="small" onClick={onClose}>
          Close
        </button>
      </div>
      <Listing<Member>
        path={`${path}/groups/${encodeURIComponent(group)}/members`}
        label="members"
        empty="Nobody is in it."
        id={(m) => m.connectionId}
        columns={[
          { title: 'Endpoint', cell: (m) => <Name value={m.endpointId} /> },
          { title: 'Connection', cell: (m) => <Name code value={m.connectionId} /> },
        ]}
      />
    </section>
  );
}

export function Live({ app, kind }: { app: AppInfo; kind: string }) {
  const path = `apps/${encodeURIComponent(app.id)}`;
  const [doomed, setDoomed] = useState<Connection | null>(null);
  const [group, setGroup] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const drop = async (connection: Connection) => {
    setDoomed(null);
    try {
      await call('DELETE', `${path}/connections/${encodeURIComponent(connection.id)}`);
      setDone('The connection was dropped.');
      setTrouble(null);
    } catch (e) {
      setTrouble(message(e));
    }
  };
  return (
    <>
      <nav class="segments" aria-label="What is live">
        {KINDS.map((name) => (
          <a href={to('apps', app.id, 'live', name)} aria-current={name === kind ? 'page' : undefined}>
            {name[0]!.toUpperCase() + name.slice(1)}
          </a>
        ))}
      </nav>
      <Trouble text={trouble} />
      <Good text={done} />
      {kind === 'endpoints' && (
        <Listing<Endpoint>
          path={`${path}/endpoints`}
          label="endpoints"
          empty="No endpoint is connected."
          id={(e) => e.endpointId}
          columns={[
            { title: 'Endpoint', cell: (e) => <Name value={e.endpointId} /> },
            { title: 'Presence', cell: (e) => e.presence.map((p) => <Presence value={p} />) },
            { title: 'Connections', cell: (e) => e.connections },
            { title: 'Groups', cell: (e) => e.groups },
          ]}
        />
      )}
      {kind === 'connections' && (
        <Listing<Connection>
          path={`${path}/connections`}
          label="connections"
          empty="Nobody is connected."
          id={(c) => c.id}
          columns={[
            { title: 'Endpoint', cell: (c) => <Name value={c.endpointId} /> },
            { title: 'Connection', cell: (c) => <Name code value={c.id} /> },
            { title: 'Client', cell: (c) => <Name value={c.clientType.toLowerCase()} /> },
            { title: 'Address', cell: (c) => <Name value={c.ipAddress} /> },
            { title: 'Presence', cell: (c) => <Presence value={c.presence} /> },
            { title: 'Groups', cell: (c) => c.groups },
            {
              title: 'Action',
              cell: (c) => (
                <button type="button" class="small danger" onClick={() => setDoomed(c)}>
                  Drop
                </button>
              ),
            },
          ]}
        />
      )}
      {kind === 'groups' && (
        <>
          {group !== null && <Members key={group} path={path} group={group} onClose={() => setGroup(null)} />}
          <Listing<Group>
            path={`${path}/groups`}
            label="groups"
            empty="There is no group."
            id={(g) => g.name}
            columns={[
              { title: 'Group', cell: (g) => <Name value={g.name} /> },
              { title: 'Members', cell: (g) => g.members },
              {
                title: 'Action',
                cell: (g) => (
                  <button type="button" class="small" onClick={() => setGroup(g.name)}>
                    Show members
                  </button>
                ),
              },
            ]}
          />
        </>
      )}
      {kind === 'calls' && (
        <Listing<Call>
          path={`${path}/calls`}
          label="calls"
          empty="Nobody is calling."
          id={(c) => c.sessionId}
          columns={[
            { title: 'Caller', cell: (c) => <Name value={c.caller.address} /> },
            { title: 'Callee', cell: (c) => <Name value={c.callee.address} /> },
            { title: 'Kind', cell: (c) => <Name value={c.target} /> },
            { title: 'State', cell: (c) => <span class={`state ${c.state}`}>{c.state}</span> },
            { title: 'Since', cell: (c) => <Duration since={c.startedAt} /> },
          ]}
        />
      )}
      {doomed && (
        <Confirm title="Drop this connection?" action="Drop it" onNo={() => setDoomed(null)} onYes={() => drop(doomed)}>
          <p>
            <Name value={doomed.endpointId} /> is told that its connection ends. Its client may come back by itself.
          </p>
        </Confirm>
      )}
    </>
  );
}
