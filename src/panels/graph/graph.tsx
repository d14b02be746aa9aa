/** The page of the migration graph's panel. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { MigrationEnvironmentInfo, RevisionInfo } from '../../protocol/migrations.ts';
import { type GraphData, graphPanel } from '../../protocol/panels.ts';
import { connectHost } from '../host.ts';
import { showPage } from '../show-page.ts';
import { Details } from './details.tsx';
import { isFiltered, matches, noFilter, type RevisionFilter, tablesOf } from './filter.ts';
import { layOutLanes, withoutRows } from './lanes.ts';
import { Revisions } from './revisions.tsx';

const host = connectHost(graphPanel);

host.listen(data => showPage(<Graph {...data} />));

function Graph({ environments, reveal, details }: GraphData) {
  const [chosen, choose] = useState<string | null>(null);
  useEffect(() => choose(reveal?.environment ?? null), [reveal]);
  const environment = environments.find(({ id }) => id === chosen) ?? environments[0];
  if (environment === undefined) return <p class="quiet">No Alembic environment was found yet.</p>;
  return (
    <EnvironmentGraph
      key={environment.id}
      environment={environment}
      environments={environments}
      choose={choose}
      reveal={reveal?.environment === environment.id ? reveal.revision : null}
      details={details?.environment === environment.id ? details : null}
    />
  );
}

interface EnvironmentProps {
  readonly environment: MigrationEnvironmentInfo;
  readonly environments: readonly MigrationEnvironmentInfo[];
  readonly choose: (id: string) => void;
  readonly reveal: string | null;
  readonly details: GraphData['details'];
}

function EnvironmentGraph({ environment, environments, choose, reveal, details }: EnvironmentProps) {
  const [filter, setFilter] = useState<RevisionFilter>(noFilter);
  const [selected, setSelected] = useState<string | null>(null);
  const { revisions } = environment;
  const shown = useMemo(() => revisions.filter(each => matches(each, filter)), [revisions, filter]);
  const lanes = useMemo(() => {
    const ids = new Set(shown.map(({ id }) => id));
    return layOutLanes(isFiltered(filter) ? withoutRows(revisions, id => ids.has(id)) : revisions);
  }, [revisions, shown, filter]);
  const select = (id: string) => {
    setSelected(id);
    host.want({ kind: 'select', environment: environment.id, revision: id });
  };
  useEffect(() => {
    if (reveal === null) return;
    setFilter(noFilter);
    select(reveal);
  }, [reveal]);
  const revision = revisions.find(({ id }) => id === selected);
  return (
    <div class="graph">
      <Toolbar
        {...{ environment, environments, choose, filter, setFilter, count: shown.length }}
        merge={() => host.want({ kind: 'mergeHeads', environment: environment.id })}
      />
      <div class="panes">
        <Revisions
          revisions={shown}
          lanes={lanes}
          selected={selected}
          select={select}
          open={id => host.want({ kind: 'openFile', environment: environment.id, revision: id })}
        />
        {revision === undefined ? null : (
          <Details
            revision={revision}
            details={details?.revision === revision.id ? details.details : null}
            titleOf={id => titleOf(revisions, id)}
            select={select}
            want={kind => host.want({ kind, environment: environment.id, revision: revision.id })}
          />
        )}
      </div>
    </div>
  );
}

function titleOf(revisions: readonly RevisionInfo[], id: string): string {
  const found = revisions.find(each => each.id === id);
  return found ? `${found.message || id}` : id;
}

interface ToolbarProps extends Pick<EnvironmentProps, 'environment' | 'environments' | 'choose'> {
  readonly merge: () => void;
  readonly filter: RevisionFilter;
  readonly setFilter: (filter: RevisionFilter) => void;
  readonly count: number;
}

function Toolbar({ environment, environments, choose, merge, filter, setFilter, count }: ToolbarProps) {
  const total = environment.revisions.length;
  const tables = useMemo(() => tablesOf(environment.revisions), [environment.revisions]);
  return (
    <header class="toolbar">
      {environments.length < 2 ? null : (
        <select
          aria-label="Environment"
          value={environment.id}
          onChange={event => choose(event.currentTarget.value)}
        >
          {environments.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      )}
      <input
        type="search"
        placeholder="Search message, id, what it does"
        aria-label="Search revisions"
        value={filter.text}
        onInput={event => setFilter({ ...filter, text: event.currentTarget.value })}
      />
      <select
        aria-label="Revisions that touched a table"
        value={filter.table}
        onChange={event => setFilter({ ...filter, table: event.currentTarget.value })}
      >
        <option value="">All tables</option>
        {tables.map(table => (
          <option key={table} value={table}>
            {table}
          </option>
        ))}
      </select>
      <span class="quiet" role="status">
        {count === total ? `${total} revisions` : `${count} of ${total} revisions`}
      </span>
      <Database {...environment} />
      {environment.competingHeads.length < 2 ? null : (
        <button type="button" class="secondary" onClick={merge}>
          Merge {environment.competingHeads.length} Heads…
        </button>
      )}
    </header>
  );
}

/** Which database the marks come from, in the colour of its connection. */
function Database({ database }: MigrationEnvironmentInfo) {
  if (database.kind === 'none') return <span class="quiet">{database.message}</span>;
  const { label, marks } = database;
  return (
    <span class="quiet">
      <span class={`badge ${marks.color ?? ''}`}>
        {label}
        {marks.protected ? ', protected' : ''}
      </span>
      {database.kind === 'waiting' ? 'connecting…' : ''}
      {database.kind === 'failed' ? `could not be asked: ${database.message}` : ''}
    </span>
  );
}
