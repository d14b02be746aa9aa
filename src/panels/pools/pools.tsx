/** The page of the pools' panel. */
import { poolsPanel } from '../../protocol/panels.ts';
import type { PoolConnection, PoolLine, PoolReading, ServerCapacity } from '../../protocol/pools.ts';
import { connectHost } from '../host.ts';
import { showPage } from '../show-page.ts';

const host = connectHost(poolsPanel);

host.listen(({ connections }) =>
  showPage(
    <>
      <h1>Connection Pools</h1>
      {connections.length === 0 ? <p class="quiet">No PostgreSQL connection is known yet.</p> : null}
      {connections.map(connection => (
        <Connection key={connection.id} {...connection} />
      ))}
    </>,
  ),
);

function Connection({ id, label, observation }: PoolConnection) {
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <Reading connection={id} observation={observation} />
    </section>
  );
}

interface ReadingProps {
  readonly connection: string;
  readonly observation: PoolReading;
}

function Reading({ connection, observation }: ReadingProps) {
  switch (observation.kind) {
    case 'waiting':
      return <p class="quiet">Connecting…</p>;
    case 'failed':
      return <p class="error">{observation.message}</p>;
    case 'observed':
      return (
        <>
          <Capacity {...observation.capacity} />
          <Pools connection={connection} lines={observation.applications} />
        </>
      );
  }
}

function Capacity({ sessions, limit }: ServerCapacity) {
  return (
    <p>
      Sessions <strong>{sessions}</strong> of {limit}
    </p>
  );
}

function Pools({ connection, lines }: { readonly connection: string; readonly lines: readonly PoolLine[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col" class="number">
            In use
          </th>
          <th scope="col" class="number">
            Idle
          </th>
          <th scope="col" class="number">
            Waiting
          </th>
          <th scope="col" class="number">
            Limit
          </th>
          <th scope="col">Engine</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={line.id}>
            <th scope="row">{line.application}</th>
            <td class="number">{line.inUse}</td>
            <td class="number">{line.idle}</td>
            <td class="number">{line.waiting}</td>
            <td class="number">{line.limit ?? '–'}</td>
            <td>{line.engine === null ? '–' : <Engine connection={connection} application={line.id} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Engine(subject: { readonly connection: string; readonly application: string }) {
  return (
    <button type="button" class="link" onClick={() => host.want({ kind: 'openEngine', ...subject })}>
      create_engine
    </button>
  );
}
