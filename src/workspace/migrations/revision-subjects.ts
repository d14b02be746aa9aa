/** A revision as the migration rules look at it: its steps on the schema that the revisions before it build. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { RevisionNode } from '../../alembic/graph/graph.ts';
import { ancestorsOf } from '../../alembic/graph/graph-walk.ts';
import { revisionFor } from '../../alembic/graph/lookup.ts';
import { runSteps } from '../../alembic/simulation/steps.ts';
import { isListed } from '../../rules/rule-option.ts';
import type {
  MigrationDialect,
  RevisionSubject,
  Standing,
} from '../../rules/shared/revisions/revision-subject.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { SqlParser } from '../../sql/parser.ts';
import type { MigrationSettings } from '../snapshot.ts';
import type { Moment, Timeline } from './revision-timeline.ts';
import type { SizeLookup } from './table-sizes.ts';

export interface SubjectOptions {
  readonly environment: MigrationEnvironment;
  readonly timeline: Timeline;
  readonly dialect: MigrationDialect;
  readonly settings: MigrationSettings;
  readonly parser: SqlParser;
  readonly sizeOf: SizeLookup;
}

/** The subject of the revision in a file; null for a file that is none of the environment's. */
export function revisionSubject(path: string, options: SubjectOptions): RevisionSubject | null {
  const { environment, timeline, parser, dialect, settings, sizeOf } = options;
  const moment = timeline.byPath.get(path);
  if (!moment) return null;
  const { operations, before } = moment;
  const upgrade = runSteps(operations.upgrade, before, parser);
  const downgrade = runSteps(operations.downgrade, upgrade.after, parser);
  const standings = standingsOf(options);
  return {
    environment,
    revision: moment.node.revision,
    standing: standings.of(moment.node),
    dialect,
    upgrade: upgrade.steps,
    downgrade: downgrade.steps,
    before,
    isBeforeCertain: timeline.certain.has(moment),
    after: upgrade.after,
    restored: downgrade.after,
    latest: timeline.latest,
    madeInRun: madeInRun(moment, standings),
    sizeOf,
    isCalledSmall: table => isListed(settings.smallTables, table.name),
  };
}

/** Without a baseline, this many of the newest revisions count as not yet run: about what one release brings. */
const assumedPending = 10;

interface Standings {
  of(node: RevisionNode): Standing;
  /** Keys of the tables that stand when the first pending revision runs; null where it is not known which that is. */
  readonly tables: ReadonlySet<string> | null;
}

/** By the baseline: each revision of a timeline asks. */
const standingsByTimeline = new WeakMap<Timeline, Map<string | null, Standings>>();

function standingsOf(options: SubjectOptions): Standings {
  const { timeline, settings } = options;
  const known = standingsByTimeline.get(timeline) ?? new Map<string | null, Standings>();
  standingsByTimeline.set(timeline, known);
  const standings = known.get(settings.baseline) ?? readStandings(options);
  known.set(settings.baseline, standings);
  return standings;
}

function readStandings({ environment, timeline, settings }: SubjectOptions): Standings {
  const { baseline } = settings;
  const settled = baseline === null ? null : upTo(environment, baseline);
  if (settled) {
    const first = timeline.moments.find(({ node }) => !settled.has(node));
    return {
      of: node => ({ kind: settled.has(node) ? 'history' : 'pending', known: true }),
      tables: new Set(first?.before.tables.map(tableKey)),
    };
  }
  const newest = new Set(timeline.moments.slice(-assumedPending).map(({ node }) => node.id));
  return { of: node => ({ kind: newest.has(node.id) ? 'pending' : 'history', known: false }), tables: null };
}

/** Null where the environment has no such revision: the setting is then about another one. */
function upTo({ graph }: MigrationEnvironment, baseline: string): ReadonlySet<RevisionNode> | null {
  try {
    return new Set(ancestorsOf(graph, [revisionFor(graph, baseline)], { dependencies: true }));
  } catch {
    return null;
  }
}

function madeInRun({ before }: Moment, { tables }: Standings): ReadonlySet<string> {
  return new Set(tables === null ? [] : before.tables.map(tableKey).filter(key => !tables.has(key)));
}
