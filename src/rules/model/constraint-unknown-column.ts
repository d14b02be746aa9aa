/** `Index("ix", "nope")`: a constraint or index over a column that the table does not have. */

import { sliceOf } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import { positionalsOf } from '../../python/argument-at.ts';
import type { Call, Expression, StringLiteral } from '../../python/syntax.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';

export const constraintUnknownColumn: Rule = {
  id: 'constraint-unknown-column',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A constraint or index names a column that its table does not have',
    why: 'Strings in `Index`, `UniqueConstraint` and their kin are column names of the database, not attributes. A wrong one raises `ConstraintColumnNotFoundError` when the class is declared.',
    instead:
      'Write the column’s name; for `title: Mapped[str] = mapped_column("heading")` that is `"heading"`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/constraints.html#indexes'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import UniqueConstraint\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    __table_args__ = (UniqueConstraint("titel"),)\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]',
      good: 'from sqlalchemy import UniqueConstraint\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    __table_args__ = (UniqueConstraint("title"),)\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]',
    },
  ],
  check: { expressions: { call: checkCall } },
};

/** Constraints whose strings are columns of the table, and from which position on. */
const constraints: Readonly<Record<string, number>> = {
  'sqlalchemy.Index': 1,
  'sqlalchemy.UniqueConstraint': 0,
  'sqlalchemy.PrimaryKeyConstraint': 0,
  'sqlalchemy.ForeignKeyConstraint': 0,
};

function checkCall(node: Call, context: FileContext): void {
  const name = libraryNameOf(node.function, context.facts);
  const from = name === null ? undefined : constraints[name];
  const model = from === undefined ? null : modelAround(node, context);
  if (from === undefined || !model?.table || model.incomplete) return;
  const names = model.table.columns.map(column => column.name);
  const keys = keysOf(model, context);
  for (const literal of columnsOf(node, from)) {
    const column = literal.value ?? '';
    if (names.includes(column) || keys.includes(column) || !/^\w+$/.test(column)) continue;
    reportColumn(literal, column, names, model, context);
  }
}

/** Of columns declared with `key=`, by which constraints know them. */
function keysOf({ attributes }: Model, { project }: FileContext): readonly string[] {
  return attributes.flatMap(({ location: { path, range } }) => {
    const declared = project.files.get(path)?.text.slice(range.start, range.end) ?? '';
    return /\bkey\s*=\s*["'](\w+)["']/.exec(declared)?.[1] ?? [];
  });
}

function columnsOf(node: Call, from: number): readonly StringLiteral[] {
  const positional = positionalsOf(node);
  const first = positional[0]?.value;
  // `ForeignKeyConstraint(["a", "b"], …)`.
  const values: readonly Expression[] =
    first?.kind === 'list' || first?.kind === 'tuple'
      ? first.elements
      : positional.slice(from).map(each => each.value);
  return values.filter((value): value is StringLiteral => value.kind === 'string');
}

/** The model in whose `__table_args__`, or the table in whose call, the constraint stands. */
function modelAround(node: Call, { ancestors, facts }: FileContext): Model | null {
  const owner = ancestors.findLast(each => each.kind === 'class');
  const model = facts.models.find(({ nameRange, kind, location }) =>
    owner?.kind === 'class'
      ? nameRange.start === owner.name.start
      : kind === 'table' && location.range.start <= node.start && node.end <= location.range.end,
  );
  if (!model || owner?.kind !== 'class') return model ?? null;
  const isTableArgument = ancestors.some(
    each =>
      (each.kind === 'assignment' && each.targets.some(target => isTableArgs(target))) ||
      (each.kind === 'function' && each.name.id === '__table_args__'),
  );
  return isTableArgument ? model : null;
}

function isTableArgs(target: Expression): boolean {
  return target.kind === 'name' && target.id === '__table_args__';
}

function reportColumn(
  literal: StringLiteral,
  column: string,
  names: readonly string[],
  model: Model,
  context: FileContext,
): void {
  const attribute = model.attributes.find(each => each.name === column);
  const right = attribute?.kind === 'column' ? attribute.column : nearestName(column, names);
  const written = sliceOf(context.file.text, literal);
  context.report({
    range: literal,
    message: `Table ${model.tableName} has no column ${column}: declaring it raises ConstraintColumnNotFoundError${right ? `; did you mean ${right}?` : ''}`,
    fixes: right ? [changeTo(literal, written.replace(column, right), right)] : [],
  });
}
