/** A revision's operations one after the other, each with what it does and the schema before and after it. */
import { sliceOf, type TextRange } from '../../base/range.ts';
import { mapStringOffsets } from '../../python/string-offsets.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import type { SqlParser, SqlStatement } from '../../sql/parser.ts';
import type { ExecuteSql, Operation } from '../directives/operation.ts';
import type { Action } from './action.ts';
import { applyOperation } from './apply-operation.ts';
import { applySql, parseExecuted } from './apply-sql.ts';
import { actionsOfDirective } from './directive-actions.ts';
import { actionsOfSql } from './sql-actions.ts';

/** One directive, or one statement of the SQL that an operation executes. */
export interface MigrationStep {
  readonly operation: Operation;
  readonly statement: ExecutedStatement | null;
  /** Where it stands: the directive's name, or the statement in its literal. */
  readonly range: TextRange;
  readonly actions: readonly Action[];
  readonly before: DatabaseSchema;
  readonly after: DatabaseSchema;
  /** Why the schema is not surely right after this; null where it is. */
  readonly opaque: string | null;
}

export interface ExecutedStatement {
  readonly sql: string;
  /** In the operation's SQL. */
  readonly offset: number;
  /** False where the operation executes several statements at once. */
  readonly alone: boolean;
}

/** Guards such as “if the table is missing” are taken to hold: that is what the revision is for. */
export function runSteps(
  operations: readonly Operation[],
  start: DatabaseSchema,
  parser: SqlParser,
): { readonly steps: readonly MigrationStep[]; readonly after: DatabaseSchema } {
  let schema = start;
  const steps = operations.flatMap(operation => {
    const own = operation.kind === 'execute-sql' ? sqlSteps(operation, schema, parser) : null;
    const run = own ?? [directiveStep(operation, schema, parser)];
    schema = run.at(-1)?.after ?? schema;
    return run;
  });
  return { steps, after: schema };
}

function directiveStep(operation: Operation, before: DatabaseSchema, parser: SqlParser): MigrationStep {
  const applied = applyOperation(before, operation, parser);
  const { start, end } = operation.kind === 'execute-sql' ? operation.sqlRange : operation.call.function;
  return {
    operation,
    statement: null,
    range: { start, end },
    actions: actionsOfDirective(operation),
    before,
    after: applied.schema,
    opaque: applied.opaque ?? unsure(operation, before, applied.schema),
  };
}

/** Null where PostgreSQL cannot read the text. */
function sqlSteps(
  operation: ExecuteSql,
  start: DatabaseSchema,
  parser: SqlParser,
): readonly MigrationStep[] | null {
  const parsed = parseExecuted(operation.sql, parser);
  if (parsed.kind === 'syntax-error' || parsed.statements.length === 0) return null;
  let before = start;
  return parsed.statements.map(statement => {
    const sql = sliceOf(operation.sql, statement);
    const applied = applySql(before, sql, parser);
    const step: MigrationStep = {
      operation,
      statement: { sql, offset: statement.start, alone: parsed.statements.length === 1 },
      range: statementRange(operation, statement),
      actions: statementActions(sql, parser),
      before,
      after: applied.schema,
      opaque: applied.opaque ?? unsure(operation, before, applied.schema),
    };
    before = applied.schema;
    return step;
  });
}

function statementActions(sql: string, parser: SqlParser): readonly Action[] {
  const parsed = parseExecuted(sql, parser);
  if (parsed.kind === 'syntax-error') return [{ kind: 'other' }];
  const context = { source: { text: sql, tokens: parser.scan(sql) ?? [] }, offsetOf: parsed.offsetOf };
  return parsed.statements.flatMap(({ node }) => actionsOfSql(sql, node, context, parser));
}

function statementRange({ literal, sqlRange }: ExecuteSql, statement: SqlStatement): TextRange {
  return literal === null ? sqlRange : mapStringOffsets(literal).rangeToSource(statement);
}

function unsure(operation: Operation, before: DatabaseSchema, after: DatabaseSchema): string | null {
  return !operation.certain && after !== before ? 'whether it runs is decided when it runs' : null;
}
