import { useState } from 'preact/hooks';
import { message, signIn, type Session } from '../api';
import { Heading, Text, Trouble } from '../parts';

export function SignIn({ expired, onSignedIn }: { expired: boolean; onSignedIn: (session: Session) => void }) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    setTrouble(null);
    try {
      onSignedIn(await signIn(user, password));
    } catch (failure) {
      setTrouble(message(failure).replace('Not authenticated: user', 'User'));
      setPassword('');
      setBusy(false);
    }
  };
  return (
    <main class="centre">
      <form class="card sign-in" onSubmit={submit}>
        <img src="./icon.svg" alt="" width="48" height="48" />
        <Heading title="Sign in" />
        <p class="hint">The console of this Respoke service, for administrators of its account.</p>
        {expired && !trouble && (
          <p class="notice" role="status">
            Your session has ended. Sign in again to go on.
          </p>
        )}
        <Trouble text={trouble} />
        <Text label="User name" name="username" autocomplete="username" required value={user} onValue={setUser} />
        <Text
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onValue={setPassword}
        />
        <button class="primary wide" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
