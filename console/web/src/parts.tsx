import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const SHOWN = 160;

/** Anybody's text: what cannot be seen is spelled out, what is too long is cut, and it cannot turn its surroundings round. */
export function plain(value: string, limit = SHOWN): string {
  const cut = value.length > limit ? `${value.slice(0, limit)}… (${value.length} characters)` : value;
  return cut.replace(INVISIBLE, (c) => `⟨U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

type AutoFill = 'username' | 'current-password' | 'off';

export const Name = ({ value, code = false }: { value: string; code?: boolean }) => (
  <bdi class={code ? 'name code' : 'name'}>{plain(value)}</bdi>
);

export function Heading({ title, children }: { title: string; children?: ComponentChildren }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${plain(title, 60)} · Respoke console`;
    ref.current?.focus();
  }, [title]);
  return (
    <div class="heading">
      <h1 ref={ref} tabIndex={-1}>
        <bdi>{plain(title, 80)}</bdi>
      </h1>
      {children}
    </div>
  );
}

export const Trouble = ({ text }: { text: string | null }) =>
  text ? (
    <p class="notice bad" role="alert">
      {text}
    </p>
  ) : null;

export const Good = ({ text }: { text: string | null }) => (
  <p class={text ? 'notice good' : 'quiet'} role="status">
    {text}
  </p>
);

export function Field({ label, hint, children }: { label: string; hint?: string; children: (id: string) => ComponentChildren }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {hint && <p class="hint">{hint}</p>}
    </div>
  );
}

export function Text({
  label,
  hint,
  value,
  onValue,
  type = 'text',
  ...rest
}: {
  label: string;
  hint?: string;
  value: string;
  onValue: (value: string) => void;
  type?: 'text' | 'password';
  name?: string;
  autocomplete?: AutoFill;
  required?: boolean;
  disabled?: boolean;
  maxLength?: number;
}) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id) => {
        const all = { ...rest, id, value, onInput: (e: { currentTarget: HTMLInputElement }) => onValue(e.currentTarget.value) };
        return type === 'password' ? <input {...all} type="password" /> : <input {...all} type="text" />;
      }}
    </Field>
  );
}

export const Check = ({
  label,
  checked,
  disabled = false,
  onChange,
}: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) => (
  <label class="check">
    <input type="checkbox" checked={checked} disabled={disabled} onChange={(e) => onChange(e.currentTarget.checked)} />
    <span>{label}</span>
  </label>
);

export const Switch = ({ label, checked, onChange }: { label: string; checked: boolean; onChange: (on: boolean) => void }) => (
  <button type="button" class="switch" role="switch" aria-checked={checked} onClick={() => onChange(!checked)}>
    <span class="track" aria-hidden="true" />
    {label}
  </button>
);

export function Copy({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div class="copy">
      <span class="copy-label">{label}</span>
      <code>{value}</code>
      <button type="button" class="small" onClick={copy} aria-label={`Copy the ${label}`}>
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

export interface Column<T> {
  title: string;
  cell: (item: T) => ComponentChildren;
}

/** A table that becomes a list of cards where it is narrow; the roles keep it a table for who cannot see it. */
export function Table<T>({
  label,
  columns,
  items,
  id,
  empty,
}: {
  label: string;
  columns: Column<T>[];
  items: T[];
  id: (item: T) => string;
  empty: string;
}) {
  if (items.length === 0) {
    return <p class="empty">{empty}</p>;
  }
  return (
    <table aria-label={label} role="table">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th scope="col" role="columnheader">{column.title}</th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items.map((item) => (
          <tr key={id(item)} role="row">
            {columns.map((column) => (
              <td data-label={column.title} role="cell">{column.cell(item)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Asks before something cannot be taken back. Escape and Tab work as in every dialog of the browser. */
export function Confirm({
  title,
  children,
  action,
  onYes,
  onNo,
}: {
  title: string;
  children: ComponentChildren;
  action: string;
  onYes: () => void;
  onNo: () => void;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(e) => {
        // It goes with its state, so that the two never disagree.
        e.preventDefault();
        onNo();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
      <div class="actions">
        <button type="button" onClick={onNo}>
          Cancel
        </button>
        <button type="button" class="danger" onClick={onYes}>
          {action}
        </button>
      </div>
    </dialog>
  );
}
