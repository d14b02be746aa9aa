/** `statement.c` of a SELECT: the columns of a subquery that SQLAlchemy makes of it once. */
import type { Evaluation } from './evaluation.ts';
import { anonymous } from './identifiers.ts';
import type { FromElement, StatementNode } from './ir.ts';
import type { ColumnsValue, StatementValue } from './value.ts';

const made = new WeakMap<StatementNode, FromElement>();

/** Null for statements that have no columns of that kind, a legacy Query among them. */
export function implicitColumns({ recorder }: Evaluation, statement: StatementValue): ColumnsValue | null {
  const { node } = statement;
  if (node.kind !== 'compound' && (node.kind !== 'select' || node.legacy)) return null;
  const from = made.get(node) ?? subqueryOf(node);
  made.set(node, from);
  recorder?.consumed(statement);
  return { kind: 'columns', from };
}

function subqueryOf(statement: StatementNode): FromElement {
  return { kind: 'subquery', statement, name: anonymous({}, 'anon'), lateral: false, at: statement.at };
}
