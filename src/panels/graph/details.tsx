/** What is known of the chosen revision: what it follows, what it does to the schema, as words and as SQL. */
import { writtenTime } from '../../base/written-time.ts';
import type { RevisionDetails, RevisionInfo } from '../../protocol/migrations.ts';
import { type GraphAction, type GraphRun, graphRuns } from '../../protocol/panels.ts';
import { marksOf } from './revisions.tsx';

interface DetailsProps {
  readonly revision: RevisionInfo;
  /** Null until the server has answered. */
  readonly details: RevisionDetails | null;
  readonly titleOf: (id: string) => string;
  readonly select: (id: string) => void;
  readonly want: (kind: Exclude<GraphAction['kind'], 'select' | 'mergeHeads'>) => void;
}

export function Details({ revision, details, titleOf, select, want }: DetailsProps) {
  const { id, message, state, created, down, dependsOn } = revision;
  return (
    <aside class="details" aria-label={`Revision ${id}`}>
      <h2>{message || id}</h2>
      <p class="quiet">
        <code>{id}</code>{' '}
        {[state === 'unknown' ? '' : state, ...marksOf(revision)].filter(Boolean).join(', ')}
        {created === null ? null : (
          <>
            {' · written '}
            <time title={created}>{writtenTime(created, new Date())}</time>
          </>
        )}
      </p>
      <p class="actions">
        <button type="button" onClick={() => want('openFile')}>
          Open File
        </button>
        <button type="button" class="secondary" onClick={() => want('compareSchemas')}>
          Compare Schemas
        </button>
        <button type="button" class="secondary" onClick={() => want('showSql')}>
          Open SQL
        </button>
      </p>
      <p class="actions">
        {graphRuns
          .filter(run => isOffered(run, revision))
          .map(run => (
            <button key={run} type="button" class="secondary" onClick={() => want(run)}>
              {runTitles[run]}
            </button>
          ))}
      </p>
      <References label="Follows" ids={down} titleOf={titleOf} select={select} />
      <References label="Depends on" ids={dependsOn} titleOf={titleOf} select={select} />
      {details === null ? <p class="quiet">Reading…</p> : <Changes {...details} />}
    </aside>
  );
}

const runTitles: Readonly<Record<GraphRun, string>> = {
  upgradeToHere: 'Upgrade to Here',
  downgradeToHere: 'Downgrade to Here…',
  stampHere: 'Stamp Here…',
};

/** As the menus of the view have it. */
function isOffered(run: GraphRun, { state, current }: RevisionInfo): boolean {
  if (run === 'upgradeToHere') return state !== 'applied';
  return run === 'stampHere' || (state !== 'pending' && !current);
}

interface ReferencesProps extends Pick<DetailsProps, 'titleOf' | 'select'> {
  readonly label: string;
  readonly ids: readonly string[];
}

function References({ label, ids, titleOf, select }: ReferencesProps) {
  if (ids.length === 0) return null;
  return (
    <p>
      {label}{' '}
      {ids.map(id => (
        <button key={id} type="button" class="link" onClick={() => select(id)}>
          {titleOf(id)}
        </button>
      ))}
    </p>
  );
}

function Changes({ changes, sql, doubts }: RevisionDetails) {
  return (
    <>
      {changes.length === 0 ? <p class="quiet">No change of the schema.</p> : null}
      <ul class="changes">
        {changes.map(change => (
          <li key={change} class={kindOf(change)}>
            {change}
          </li>
        ))}
      </ul>
      {doubts.map(doubt => (
        <p key={doubt} class="warning">
          Not followed: {doubt}
        </p>
      ))}
      {sql === '' ? null : <pre class="sql">{sql}</pre>}
    </>
  );
}

function kindOf(change: string): string {
  if (/^(?:creates|adds)/.test(change)) return 'added';
  return change.startsWith('drops') ? 'dropped' : 'altered';
}
