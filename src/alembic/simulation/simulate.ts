/** The schema at each revision: the operations of revisions, one after the other, applied to data. Nothing is executed. */
import { type DatabaseSchema, emptySchema } from '../../schema/schema.ts';
import type { SqlParser } from '../../sql/parser.ts';
import type { Operation } from '../directives/operation.ts';
import { runSteps } from './steps.ts';

export interface SimulatedRevision {
  readonly id: string;
  readonly before: DatabaseSchema;
  readonly after: DatabaseSchema;
  /** Operations after which the schema is not surely right, with the reason. */
  readonly opaque: readonly OpaqueOperation[];
}

export interface OpaqueOperation {
  readonly operation: Operation;
  readonly reason: string;
}

export interface RevisionChanges {
  readonly id: string;
  /** Of `upgrade()`, or of `downgrade()` for a way back. */
  readonly operations: readonly Operation[];
}

/** `revisions` in the order in which they run: `upgradeSteps` of the graph. */
export function simulate(
  revisions: readonly RevisionChanges[],
  parser: SqlParser,
  start: DatabaseSchema = emptySchema,
): readonly SimulatedRevision[] {
  let before = start;
  return revisions.map(revision => {
    const simulated = simulateRevision(revision, before, parser);
    before = simulated.after;
    return simulated;
  });
}

export function simulateRevision(
  { id, operations }: RevisionChanges,
  before: DatabaseSchema,
  parser: SqlParser,
): SimulatedRevision {
  const { steps, after } = runSteps(operations, before, parser);
  const opaque = steps.flatMap(({ operation, opaque: reason }) =>
    reason === null ? [] : [{ operation, reason }],
  );
  return { id, before, after, opaque };
}
