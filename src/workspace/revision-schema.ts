/** The schemas that an environment's revisions build, from the bases to the heads, kept until a revision changes. */
import type { MigrationEnvironment } from '../alembic/environment.ts';
import { walkRevisions } from '../alembic/graph-walk.ts';
import type { RevisionOperations } from '../alembic/operation.ts';
import { type SimulatedRevision, simulate } from '../alembic/simulate.ts';
import type { SqlParser } from '../sql/parser.ts';

export interface SimulationReader {
  /** Each revision with the schema before and after it, oldest first. */
  simulationOf(
    environment: MigrationEnvironment,
    operationsOf: (path: string) => RevisionOperations | null,
  ): readonly SimulatedRevision[];
}

export function createSimulationReader(sql: SqlParser): SimulationReader {
  const kept = new WeakMap<MigrationEnvironment, readonly SimulatedRevision[]>();
  return {
    simulationOf(environment, operationsOf) {
      const known = kept.get(environment);
      if (known) return known;
      const oldestFirst = walkRevisions(environment.graph).toReversed();
      const changes = oldestFirst.map(({ id, revision }) => ({
        id,
        operations: operationsOf(revision.path)?.upgrade ?? [],
      }));
      const simulated = simulate(changes, sql);
      kept.set(environment, simulated);
      return simulated;
    },
  };
}
