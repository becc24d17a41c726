import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Session {
  user: string;
  proof: string;
}

export interface AppInfo {
  id: string;
  name: string;
  description: string;
  accountId: string;
  developmentMode: boolean;
  permittedDomains: string[] | null;
  createdAt: string;
  secret?: string;
}

export interface Page<T> {
  total: number;
  items: T[];
}

/** A refusal by the service, or no answer at all (status 0). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

let session: Session | null = null;
let onSignedOut: () => void = () => {};

export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

async function request(method: string, path: string, body?: unknown, passive = false): Promise<unknown> {
  const headers: Record<string, string> = {};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET') {
    headers['Respoke-Console'] = session?.proof ?? 'sign-in';
  }
  if (passive) {
    headers['Respoke-Console-Passive'] = '1';
  }
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw new Refusal(0, 'The service does not answer.');
  }
  const json: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const error = (json as { error?: unknown }).error;
    const wrong = (json as { validationErrors?: Record<string, string[]> }).validationErrors;
    const why = wrong ? Object.values(wrong).flat().join(' ') : typeof error === 'string' ? error : `Status ${answer.status}.`;
    if (answer.status === 401 && path !== 'session') {
      session = null;
      onSignedOut();
    }
    throw new Refusal(answer.status, why);
  }
  return json;
}

/** Calls a route of the service, below /v1/. */
export const call = <T>(method: string, path: string, body?: unknown, passive = false): Promise<T> =>
  request(method, `v1/${path}`, body, passive) as Promise<T>;

export async function currentSession(): Promise<Session | null> {
  try {
    session = (await request('GET', 'session')) as Session;
  } catch (e) {
    if (e instanceof Refusal && e.status === 401) {
      return null;
    }
    throw e;
  }
  return session;
}

export async function signIn(username: string, password: string): Promise<Session> {
  session = null;
  session = (await request('POST', 'session', { username, password })) as Session;
  return session;
}

export async function signOut(): Promise<void> {
  await request('DELETE', 'session');
  session = null;
}

export const message = (e: unknown): string => (e instanceof Error ? e.message : String(e));

export interface Loaded<T> {
  data: T | null;
  error: string | null;
  reload: () => void;
}

/** What a route answers; asked again and again when there is an interval, while somebody can see it. */
export function useRoute<T>(path: string, everyMillis = 0): Loaded<T> {
  const [state, setState] = useState<{ path: string; data: T | null; error: string | null }>({ path, data: null, error: null });
  const [turn, setTurn] = useState(0);
  const asked = useRef(false);
  useEffect(() => {
    let over = false;
    let timer = 0;
    asked.current = false;
    const ask = async () => {
      if (!document.hidden || !asked.current) {
        try {
          const data = await call<T>('GET', path, undefined, asked.current);
          if (!over) {
            setState({ path, data, error: null });
          }
        } catch (e) {
          if (!over) {
            setState((old) => ({ path, data: old.path === path ? old.data : null, error: message(e) }));
          }
        }
        asked.current = true;
      }
      if (!over && everyMillis > 0) {
        timer = window.setTimeout(ask, everyMillis);
      }
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [path, everyMillis, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { data: state.path === path ? state.data : null, error: state.error, reload };
}
