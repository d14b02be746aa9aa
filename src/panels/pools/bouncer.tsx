/** A PgBouncer: its clients, and a line for each of its pools. */
import { duration } from '../../base/clock-time.ts';
import { barOf } from '../../base/text-bar.ts';
import type { BouncerLine, BouncerReading } from '../../protocol/pools.ts';

const cells = 10;

export function Bouncer({ version, clients, maxClients, pools }: BouncerReading) {
  return (
    <>
      <p>
        PgBouncer {version}, <strong>{clients}</strong>
        {maxClients === null ? '' : ` of ${maxClients}`} clients
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Database</th>
            <th scope="col">User</th>
            <th scope="col">Mode</th>
            <th scope="col">Server sessions in use</th>
            <th scope="col" class="number">
              Idle
            </th>
            <th scope="col" class="number">
              Clients
            </th>
            <th scope="col" class="number">
              Waiting
            </th>
            <th scope="col" class="number">
              Longest wait
            </th>
          </tr>
        </thead>
        <tbody>
          {pools.map(pool => (
            <Pool key={`${pool.database}\0${pool.user}`} {...pool} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Pool({
  database,
  user,
  mode,
  serversActive,
  serversIdle,
  limit,
  warnings,
  ...clients
}: BouncerLine) {
  return (
    <>
      <tr>
        <th scope="row">{database}</th>
        <td>{user}</td>
        <td>{mode}</td>
        <td>
          {limit === null ? null : (
            <span class={`bar ${serversActive >= limit ? 'error' : 'good'}`} aria-hidden="true">
              {barOf(serversActive, limit, cells)}
            </span>
          )}{' '}
          {serversActive}
          {limit === null ? '' : ` / ${limit}`}
        </td>
        <td class="number">{serversIdle}</td>
        <td class="number">{clients.clientsActive}</td>
        <td class={`number ${clients.clientsWaiting > 0 ? 'warning' : ''}`}>{clients.clientsWaiting}</td>
        <td class="number">{duration(clients.longestWaitSeconds)}</td>
      </tr>
      {warnings.map(({ severity, message }) => (
        <tr key={message} class="note">
          <td colSpan={8} class={severity}>
            {message}
          </td>
        </tr>
      ))}
    </>
  );
}
