import { useEffect, useState } from 'preact/hooks';
import { currentSession, message, signOut, whenSignedOut, type Session } from './api';
import { Name, Trouble } from './parts';
import { AppPage } from './pages/app-page';
import { Apps } from './pages/apps';
import { Overview } from './pages/overview';
import { SignIn } from './pages/sign-in';
import { to, usePlace } from './router';
import { applyTheme, theme, type Theme } from './theme';

const THEMES: Theme[] = ['system', 'light', 'dark'];

function ThemeSwitch() {
  const [chosen, setChosen] = useState(theme);
  return (
    <label class="theme">
      <span class="hidden">Colours</span>
      <select
        value={chosen}
        onChange={(e) => {
          const next = e.currentTarget.value as Theme;
          applyTheme(next);
          setChosen(next);
        }}
      >
        {THEMES.map((name) => (
          <option value={name}>{name === 'system' ? 'Auto' : name === 'light' ? 'Light' : 'Dark'}</option>
        ))}
      </select>
    </label>
  );
}

const Mark = () => (
  <a class="mark" href={to()} aria-label="Respoke console, overview">
    <img src="./icon.svg" alt="" width="28" height="28" />
    <span>Respoke</span>
  </a>
);

function Nav({ session, onOut }: { session: Session; onOut: () => void }) {
  const { parts } = usePlace();
  const apps = parts[0] === 'apps';
  return (
    <header class="bar">
      <Mark />
      <nav aria-label="Main">
        <a href={to()} aria-current={apps ? undefined : 'page'}>
          Overview
        </a>
        <a href={to('apps')} aria-current={apps ? 'page' : undefined}>
          Apps
        </a>
      </nav>
      <div class="me">
        <ThemeSwitch />
        <span class="who">
          <Name value={session.user} />
        </span>
        <button type="button" class="small" onClick={onOut}>
          Sign out
        </button>
      </div>
    </header>
  );
}

function Content() {
  const { parts, query } = usePlace();
  const [area, app, tab, item] = parts;
  if (area === 'apps' && app) {
    return <AppPage key={app} id={app} tab={tab ?? 'live'} item={item ?? null} query={query} />;
  }
  return area === 'apps' ? <Apps /> : <Overview />;
}

export function App() {
  const [session, setSession] = useState<Session | null | 'unknown'>('unknown');
  const [expired, setExpired] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    whenSignedOut(() => {
      setExpired(true);
      setSession(null);
    });
    currentSession().then(setSession, (e) => setTrouble(message(e)));
  }, []);
  if (session === 'unknown') {
    return <main class="centre">{trouble ? <Trouble text={trouble} /> : <p class="quiet">Loading…</p>}</main>;
  }
  if (session === null) {
    return (
      <SignIn
        expired={expired}
        onSignedIn={(opened) => {
          setExpired(false);
          setSession(opened);
        }}
      />
    );
  }
  const leave = async () => {
    try {
      await signOut();
      setSession(null);
    } catch (e) {
      setTrouble(message(e));
    }
  };
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        Skip to the content
      </a>
      <Nav session={session} onOut={leave} />
      <main id="main" tabIndex={-1}>
        <Trouble text={trouble} />
        <Content />
      </main>
    </>
  );
}
