/** The schema before and after each revision of an environment, worked out again only from the first change on. */

import type { RevisionOperations } from '../../alembic/directives/operation.ts';
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { RevisionNode } from '../../alembic/graph/graph.ts';
import { walkRevisions } from '../../alembic/graph/graph-walk.ts';
import { type SimulatedRevision, simulateRevision } from '../../alembic/simulation/simulate.ts';
import { type DatabaseSchema, emptySchema } from '../../schema/schema.ts';
import type { SqlParser } from '../../sql/parser.ts';

export interface Timeline {
  /** Oldest first. */
  readonly moments: readonly Moment[];
  readonly byId: ReadonlyMap<string, Moment>;
  readonly byPath: ReadonlyMap<string, Moment>;
  /** Those before which every revision could be followed. */
  readonly certain: ReadonlySet<Moment>;
  readonly latest: DatabaseSchema;
}

export interface Moment extends SimulatedRevision {
  readonly node: RevisionNode;
  readonly operations: RevisionOperations;
}

export interface TimelineReader {
  timelineOf(
    environment: MigrationEnvironment,
    operationsOf: (path: string) => RevisionOperations | null,
  ): Timeline;
}

/** Up to the first that does something that could not be followed. */
function certainOf(moments: readonly Moment[]): ReadonlySet<Moment> {
  const doubtful = moments.findIndex(({ opaque }) => opaque.length > 0);
  return new Set(doubtful < 0 ? moments : moments.slice(0, doubtful + 1));
}

const nothing: RevisionOperations = { upgrade: [], downgrade: [] };

export function createTimelineReader(parser: SqlParser): TimelineReader {
  const byEnvironment = new WeakMap<MigrationEnvironment, Timeline>();
  const kept = new Map<string, readonly Moment[]>();
  return {
    timelineOf(environment, operationsOf) {
      const known = byEnvironment.get(environment);
      if (known) return known;
      const key = `${environment.config}:${environment.section ?? ''}`;
      const moments = readMoments(environment, operationsOf, kept.get(key) ?? [], parser);
      const timeline: Timeline = {
        moments,
        byId: new Map(moments.map(moment => [moment.node.id, moment])),
        byPath: new Map(moments.toReversed().map(moment => [moment.node.revision.path, moment])),
        certain: certainOf(moments),
        latest: moments.at(-1)?.after ?? emptySchema,
      };
      kept.set(key, moments);
      byEnvironment.set(environment, timeline);
      return timeline;
    },
  };
}

function readMoments(
  environment: MigrationEnvironment,
  operationsOf: (path: string) => RevisionOperations | null,
  known: readonly Moment[],
  parser: SqlParser,
): readonly Moment[] {
  let before = emptySchema;
  return walkRevisions(environment.graph)
    .toReversed()
    .map((node, position) => {
      const operations = operationsOf(node.revision.path) ?? nothing;
      const same = known[position];
      const moment: Moment =
        same?.operations === operations && same.before === before
          ? { ...same, node }
          : {
              ...simulateRevision({ id: node.id, operations: operations.upgrade }, before, parser),
              node,
              operations,
            };
      before = moment.after;
      return moment;
    });
}
