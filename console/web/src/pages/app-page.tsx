import { useRoute, type AppInfo } from '../api';
import { Heading, Name, Trouble } from '../parts';
import { to } from '../router';
import { Live } from './live';
import { RolePage, Roles } from './roles';
import { SendMessage } from './send-message';
import { Settings } from './settings';
import { TryIt } from './try-it';
import { Webhooks } from './webhooks';

const TABS: [string, string][] = [
  ['live', 'Live'],
  ['roles', 'Roles'],
  ['webhooks', 'Webhooks'],
  ['message', 'Message'],
  ['try', 'Try it'],
  ['settings', 'Settings'],
];

export function AppPage({ id, tab, item, query }: { id: string; tab: string; item: string | null; query: URLSearchParams }) {
  const { data: app, error, reload } = useRoute<AppInfo>(`apps/${encodeURIComponent(id)}`);
  if (!app) {
    return (
      <>
        <Heading title="App" />
        <Trouble text={error} />
      </>
    );
  }
  return (
    <>
      <p class="crumbs">
        <a href={to('apps')}>Apps</a>
      </p>
      <Heading title={app.name}>
        <span class="tag">{app.developmentMode ? 'development mode' : 'brokered tokens'}</span>
      </Heading>
      <p class="hint">
        <Name code value={app.id} />
      </p>
      <nav class="tabs" aria-label="App">
        {TABS.map(([key, title]) => (
          <a href={to('apps', id, key)} aria-current={key === tab ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      {tab === 'live' && <Live app={app} kind={item ?? 'endpoints'} />}
      {tab === 'roles' && (item ? <RolePage key={item} app={app} id={item} /> : <Roles app={app} />)}
      {tab === 'webhooks' && <Webhooks app={app} />}
      {tab === 'message' && <SendMessage app={app} />}
      {tab === 'try' && <TryIt app={app} me={query.get('as') ?? 'alice'} other={query.get('to') ?? 'bob'} />}
      {tab === 'settings' && <Settings app={app} onChanged={reload} />}
    </>
  );
}
