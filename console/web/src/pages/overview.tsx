import { useRoute, type AppInfo } from '../api';
import { Heading, Name, Trouble } from '../parts';
import { to } from '../router';
import { Plots } from '../plots';

export function Overview() {
  const { data, error } = useRoute<AppInfo[]>('apps');
  return (
    <>
      <Heading title="Overview" />
      <Plots />
      <h2>Apps</h2>
      <Trouble text={error} />
      {data?.length === 0 && (
        <p class="empty">
          There is no app yet. <a href={to('apps')}>Create one.</a>
        </p>
      )}
      <ul class="cards">
        {data?.slice(0, 12).map((app) => (
          <li key={app.id}>
            <a class="card link" href={to('apps', app.id)}>
              <strong>
                <Name value={app.name} />
              </strong>
              <span class="tag">{app.developmentMode ? 'development mode' : 'brokered tokens'}</span>
              <Name code value={app.id} />
            </a>
          </li>
        ))}
      </ul>
      {data && data.length > 12 && <a href={to('apps')}>All {data.length} apps</a>}
    </>
  );
}
