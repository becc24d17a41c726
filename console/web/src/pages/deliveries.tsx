import { useEffect, useRef, useState } from 'preact/hooks';
import { call, message, useRoute, type Page } from '../api';
import { Good, Name, plain, Trouble } from '../parts';
import { Listing } from './listing';

interface Delivery {
  id: string;
  type: string;
  status: 'pending' | 'sending' | 'delivered' | 'dead';
  attempts: number;
  createdAt: string;
  nextAttemptAt?: string;
  responseStatus?: number | null;
  problem?: string;
}

interface DeliveryPage extends Page<Delivery> {
  pending: number;
  dropped: number;
}

const LONGEST_LINE = 2000;
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' });

const Time = ({ iso }: { iso: string }) => <time dateTime={iso}>{TIME.format(new Date(iso))}</time>;

/** Anybody's text is among it, line by line. */
const json = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => plain(line, LONGEST_LINE))
    .join('\n');

const finished = (delivery: Delivery): boolean => delivery.status === 'delivered' || delivery.status === 'dead';

function Next({ delivery }: { delivery: Delivery }) {
  if (delivery.nextAttemptAt) {
    return <Time iso={delivery.nextAttemptAt} />;
  }
  return <>{delivery.status === 'pending' ? 'in its turn' : '–'}</>;
}

function Shown({ path, id, onClose }: { path: string; id: string; onClose: () => void }) {
  const { data, error } = useRoute<{ event: unknown }>(`${path}/${encodeURIComponent(id)}`);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="card" aria-labelledby="event">
      <div class="heading">
        <h2 id="event" ref={heading} tabIndex={-1}>
          What is sent
        </h2>
        <button type="button" class="small" onClick={onClose}>
          Close
        </button>
      </div>
      <Trouble text={error} />
      {data && <pre>{json(data.event)}</pre>}
    </section>
  );
}

/** What was sent and what waits, newest first. */
export function Deliveries({ path }: { path: string }) {
  const [shown, setShown] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const replay = async (delivery: Delivery) => {
    setDone(null);
    try {
      await call('POST', `${path}/${encodeURIComponent(delivery.id)}/replay`);
      setTrouble(null);
      setDone('It is sent again, with the same id.');
    } catch (e) {
      setTrouble(message(e));
    }
  };
  return (
    <>
      <h2>Deliveries</h2>
      <Trouble text={trouble} />
      <Good text={done} />
      {shown !== null && <Shown key={shown} path={path} id={shown} onClose={() => setShown(null)} />}
      <Listing<Delivery, DeliveryPage>
        path={path}
        label="deliveries"
        empty="Nothing has happened that the webhook wants."
        id={(d) => d.id}
        note={(page) => (
          <>
            {`, ${page.pending.toLocaleString('en')} waiting`}
            {page.dropped > 0 && `, ${page.dropped.toLocaleString('en')} dropped because too many waited`}
          </>
        )}
        columns={[
          { title: 'Event', cell: (d) => <Name value={d.type} /> },
          { title: 'State', cell: (d) => <span class={`state ${d.status}`}>{d.status}</span> },
          { title: 'Time', cell: (d) => <Time iso={d.createdAt} /> },
          { title: 'Attempts', cell: (d) => d.attempts },
          { title: 'Last answer', cell: (d) => <Name value={d.problem ?? String(d.responseStatus ?? '–')} /> },
          { title: 'Next attempt', cell: (d) => <Next delivery={d} /> },
          {
            title: 'Action',
            cell: (d) => (
              <div class="actions">
                <button type="button" class="small" onClick={() => setShown(d.id)}>
                  Show
                </button>
                <button type="button" class="small" disabled={!finished(d)} onClick={() => replay(d)}>
                  Replay
                </button>
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
