/** The schema at each revision: the operations of revisions, one after the other, applied to data. Nothing is executed. */
import { type DatabaseSchema, emptySchema } from '../schema/schema.ts';
import type { SqlParser } from '../sql/parser.ts';
import { applyOperation } from './apply-operation.ts';
import type { Operation } from './operation.ts';

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
  let schema = start;
  return revisions.map(({ id, operations }) => {
    const before = schema;
    const opaque: OpaqueOperation[] = [];
    for (const operation of operations) {
      const applied = applyOperation(schema, operation, parser);
      // Guards such as “if the table is missing” are taken to hold: that is what the revision is for.
      const unsure = !operation.certain && applied.schema !== schema;
      schema = applied.schema;
      const reason = applied.opaque ?? (unsure ? 'whether it runs is decided when it runs' : null);
      if (reason !== null) opaque.push({ operation, reason });
    }
    return { id, before, after: schema, opaque };
  });
}
