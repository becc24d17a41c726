import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useRoute, type Page } from '../api';
import { Table, Trouble, type Column } from '../parts';

const EVERY_MILLIS = 2000;
const LIMIT = 50;

/** A long list that the service gives in pages: searched, paged, and asked for again and again. */
export function Listing<T, P extends Page<T> = Page<T>>({
  path,
  label,
  columns,
  id,
  empty,
  note,
}: {
  path: string;
  label: string;
  columns: Column<T>[];
  id: (item: T) => string;
  empty: string;
  note?: (page: P) => ComponentChildren;
}) {
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const query = new URLSearchParams({ limit: String(LIMIT), offset: String(offset), ...(search && { search }) });
  const { data, error } = useRoute<P>(`${path}?${query}`, EVERY_MILLIS);
  const [shown, setShown] = useState<P | null>(null);
  useEffect(() => {
    if (data) {
      setShown(data);
    }
  }, [data]);
  return (
    <section aria-label={label}>
      <div class="tools">
        <input
          type="search"
          aria-label={`Search ${label}`}
          placeholder="Search"
          value={search}
          onInput={(e) => {
            setSearch(e.currentTarget.value);
            setOffset(0);
          }}
        />
        <span class="hint">
          {shown && (shown.total === 1 ? '1 in all' : `${shown.total.toLocaleString('en')} in all`)}
          {shown && note?.(shown)}
        </span>
        {shown && shown.total > LIMIT && (
          <span class="pager">
            <button type="button" class="small" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - LIMIT))}>
              Earlier
            </button>
            <button type="button" class="small" disabled={offset + LIMIT >= shown.total} onClick={() => setOffset(offset + LIMIT)}>
              Later
            </button>
          </span>
        )}
      </div>
      <Trouble text={error} />
      {shown && <Table label={label} columns={columns} items={shown.items} id={id} empty={search ? 'Nothing matches.' : empty} />}
    </section>
  );
}
