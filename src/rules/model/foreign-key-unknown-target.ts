/** `ForeignKey("User.id")`: a class's name, or a table or column that no model declares. */
import { sliceOf } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Call, StringLiteral } from '../../python/syntax.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import {
  foreignKeyCallOf,
  foreignKeyConstraintOf,
  modelsOfTarget,
  type NamedTarget,
} from '../shared/models/foreign-key-call.ts';

export const foreignKeyUnknownTarget: Rule = {
  id: 'foreign-key-unknown-target',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A foreign key names a table or column that no model declares',
    why: 'The text of a `ForeignKey` is a table and a column of the database, not a class and its attribute. SQLAlchemy looks it up late: `create_all()`, autogenerate or the first query of a relationship raises `NoReferencedTableError` or `NoReferencedColumnError`.',
    instead: 'Write the table’s name: `ForeignKey("users.id")`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/constraints.html#defining-foreign-keys'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("User.id"), index=True)',
      good: 'from sqlalchemy import ForeignKey\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const found = foreignKeyCallOf(node, context);
  if (found) checkTarget(found, context);
  const [first, ...others] = foreignKeyConstraintOf(node, context);
  if (first && checkTarget(first, context)) for (const each of others) checkTarget(each, context);
}

/** True where the table is known. */
function checkTarget(found: NamedTarget, context: FileContext): boolean {
  const targets = modelsOfTarget(found, context);
  if (targets.length === 0) checkTable(found, context);
  else checkColumn(found, targets, context);
  return targets.length > 0;
}

function checkTable(found: NamedTarget, context: FileContext): void {
  const { targetTable } = found.key;
  const classes = [...context.project.models.values()].filter(
    model => model.name.toLowerCase() === targetTable.toLowerCase() && model.kind !== 'table',
  );
  const [classed] = classes.filter(({ name }) => name === targetTable);
  if (classed?.tableName && classes.length === 1) reportClass(found, classed, classed.tableName, context);
  else if (!mayBeElsewhere(context)) checkNames(found, classes, context);
}

/** A name near that of a table, or that of a class in small letters. */
function checkNames(found: NamedTarget, classes: readonly Model[], context: FileContext): void {
  const { targetTable } = found.key;
  const names = [...tableNames(context)];
  // A table of that name under another base may be meant, and its columns are not known to be the same.
  if (names.includes(targetTable)) return;
  const nearest = nearestName(targetTable, names);
  const [classed, another] = classes;
  if (nearest !== undefined)
    report(
      found.target,
      `No model declares a table ${targetTable}: making the tables raises NoReferencedTableError; did you mean ${nearest}?`,
      { from: targetTable, to: nearest },
      context,
    );
  else if (classed?.tableName && !another) reportClass(found, classed, classed.tableName, context);
}

function reportClass(
  { target, key }: NamedTarget,
  { name }: Model,
  table: string,
  context: FileContext,
): void {
  report(
    target,
    `${name} is a class, and its table is ${table}: no table ${key.targetTable} is found when the tables are made`,
    { from: key.targetTable, to: table },
    context,
  );
}

/** A class whose table's name is not known may be the one that is meant. */
function mayBeElsewhere({ project }: FileContext): boolean {
  return [...project.models.values()].some(
    model => model.incomplete && model.tableName === null && model.inherits === null,
  );
}

function* tableNames({ project }: FileContext): Generator<string> {
  for (const model of project.models.values()) if (model.tableName !== null) yield model.tableName;
}

function checkColumn({ target, key }: NamedTarget, targets: readonly Model[], context: FileContext): void {
  const [column = ''] = key.targetColumns;
  const isKnown = targets.some(
    ({ incomplete, table }) => incomplete || table?.columns.some(each => each.name === column),
  );
  if (isKnown) return;
  const names = targets.flatMap(({ table }) => table?.columns.map(each => each.name) ?? []);
  const nearest = nearestName(column, names);
  report(
    target,
    `Table ${key.targetTable} has no column ${column}: making the tables raises NoReferencedColumnError${nearest ? `; did you mean ${nearest}?` : ''}`,
    nearest ? { from: column, to: nearest } : null,
    context,
  );
}

function report(
  target: StringLiteral,
  message: string,
  change: { readonly from: string; readonly to: string } | null,
  context: FileContext,
): void {
  const written = sliceOf(context.file.text, target);
  const at = change === null ? -1 : written.lastIndexOf(change.from);
  context.report({
    range: target,
    message,
    fixes:
      change === null || at < 0
        ? []
        : [
            {
              title: `Change ${change.from} to ${change.to}`,
              edits: [
                {
                  range: { start: target.start + at, end: target.start + at + change.from.length },
                  newText: change.to,
                },
              ],
            },
          ],
  });
}
