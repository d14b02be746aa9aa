/** A relationship between tables that no foreign key, or more than one, links. */
import type { Call } from '../../python/syntax.ts';
import type { ForeignKey } from '../../schema/schema.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import {
  hasHiddenOptions,
  knownTarget,
  relationshipCallOf,
  relationshipOption,
} from '../shared/models/relationship-call.ts';

export const relationshipWithoutJoin: Rule = {
  id: 'relationship-without-join',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A relationship whose tables no foreign key, or more than one, links',
    why: 'SQLAlchemy derives the join from the one foreign key between the two tables. With none it raises `NoForeignKeysError`, with several `AmbiguousForeignKeysError`, when the mappers are configured: at the first query of any model.',
    instead: 'Add the `ForeignKey`, or say which one is meant: `relationship(foreign_keys=[author_id])`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/join_conditions.html'],
  },
  examples: [
    {
      bad: 'from sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int]\n    user: Mapped["User"] = relationship()',
      good: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)\n    user: Mapped["User"] = relationship()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

/** Options that say how to join. */
const joining = ['primaryjoin', 'secondaryjoin', 'secondary', 'foreign_keys', 'link_model', 'argument'];

function checkCall(node: Call, context: FileContext): void {
  const relationship = relationshipCallOf(node, context);
  const target = relationship && knownTarget(relationship, context);
  // What stands under a condition may be meant for type checkers alone.
  if (
    !relationship ||
    !target ||
    hasHiddenOptions(node) ||
    context.ancestors.some(({ kind }) => kind === 'if')
  )
    return;
  const { model, attribute } = relationship;
  if (attribute.secondary !== null || joining.some(option => relationshipOption(node, option) !== null))
    return;
  if (!isWhole(model, context) || !isWhole(target, context)) return;
  const keys = keysBetween(model, target, context);
  if (keys.length === 1) return;
  const [name, other] = [model.table?.name, target.table?.name];
  context.report({
    range: node.function,
    message:
      keys.length === 0
        ? `No foreign key links ${name} and ${other}: configuring the mappers raises NoForeignKeysError`
        : `${keys.length} foreign keys link ${name} and ${other} (${keys.map(key => key.columns.join(', ')).join('; ')}): configuring the mappers raises AmbiguousForeignKeysError; say foreign_keys=`,
  });
}

/** A table of its own, all of whose keys are known; subclasses also join by their parents' tables. */
function isWhole(model: Model, { project }: FileContext): boolean {
  if (model.incomplete || model.table === null || model.inherits !== null) return false;
  if (model.table.unread?.includes('foreign-keys')) return false;
  return project.heirsOf(model.qualifiedName).length === 0;
}

function keysBetween(a: Model, b: Model, context: FileContext): readonly ForeignKey[] {
  const leads = (from: Model, to: Model) =>
    (from.table?.foreignKeys ?? []).filter(
      key => key.targetTable === to.table?.name && (key.targetSchema ?? null) === (to.table?.schema ?? null),
    );
  if (a === b) return distinct(leads(a, a));
  // A key that leads to a table which is not known may be the one.
  const isUnknown = (from: Model) => (from.table?.foreignKeys ?? []).some(key => !isKnownTable(key, context));
  const keys = distinct([...leads(a, b), ...leads(b, a)]);
  return keys.length === 0 && (isUnknown(a) || isUnknown(b)) ? [unknownKey] : keys;
}

/** A key that is declared twice, on the column and as a constraint, joins in one way. */
function distinct(keys: readonly ForeignKey[]): readonly ForeignKey[] {
  const byPairs = new Map(keys.map(key => [`${key.targetTable} ${key.columns} ${key.targetColumns}`, key]));
  return [...byPairs.values()];
}

function isKnownTable({ targetTable, targetSchema }: ForeignKey, { project }: FileContext): boolean {
  return project
    .modelsWithTable(targetTable)
    .some(({ table }) => table?.name === targetTable && table.schema === targetSchema);
}

const unknownKey: ForeignKey = {
  name: null,
  columns: [],
  targetSchema: null,
  targetTable: '',
  targetColumns: [],
  onDelete: null,
  onUpdate: null,
};
