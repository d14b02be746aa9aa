/** Calls that give a column a foreign key by text, with the columns that have it. */
import { contains } from '../../../base/range.ts';
import { keywordOf, positionalsOf } from '../../../python/argument-at.ts';
import type { Call, StringLiteral } from '../../../python/syntax.ts';
import type { ForeignKey } from '../../../schema/schema.ts';
import type { ColumnAttribute, Model } from '../../../sqlalchemy/model.ts';
import type { FileContext } from '../../rule.ts';
import { libraryNameOf } from './column-call.ts';
import { attributesAt } from './declared-attributes.ts';

export interface NamedTarget {
  /** `"users.id"` as written. */
  readonly target: StringLiteral;
  /** The first model whose table has the key: a mixin's serves many. */
  readonly model: Model;
  /** As the model's table has it. */
  readonly key: ForeignKey;
}

export interface ForeignKeyCall extends NamedTarget {
  readonly attribute: ColumnAttribute;
}

/** `ForeignKey("users.id")` and SQLModel's `Field(foreign_key="users.id")`; null for others and for unknown models. */
export function foreignKeyCallOf(call: Call, context: FileContext): ForeignKeyCall | null {
  const target = targetOf(call, context);
  if (target === null) return null;
  const { project, file } = context;
  for (const { model, attribute } of attributesAt(project, file.path, call)) {
    if (attribute.kind !== 'column') continue;
    const key = model.table?.foreignKeys.find(
      each => each.columns.length === 1 && each.columns[0] === attribute.column && isMeant(each, target),
    );
    if (key) return { target, model, attribute, key };
  }
  return null;
}

/** `ForeignKeyConstraint(["a", "b"], ["t.a", "t.b"])` of a model: one for each column that it names. */
export function foreignKeyConstraintOf(call: Call, { facts, file }: FileContext): readonly NamedTarget[] {
  if (libraryNameOf(call.function, facts) !== 'sqlalchemy.ForeignKeyConstraint') return [];
  const named = (keywordOf(call, 'refcolumns') ?? positionalsOf(call)[1])?.value;
  const model = facts.models.find(
    ({ location }) => location.path === file.path && contains(location.range, call),
  );
  if (named?.kind !== 'list' && named?.kind !== 'tuple') return [];
  const targets = named.elements.filter(
    each => each.kind === 'string' && each.value !== null,
  ) as StringLiteral[];
  const key = model?.table?.foreignKeys.find(
    each => each.targetColumns.length === targets.length && targets.every(target => isMeant(each, target)),
  );
  if (!model || !key || targets.length !== named.elements.length) return [];
  return targets.map((target, index) => ({
    target,
    model,
    key: { ...key, targetColumns: key.targetColumns.slice(index, index + 1) },
  }));
}

function targetOf(call: Call, { facts }: FileContext): StringLiteral | null {
  const name = libraryNameOf(call.function, facts);
  const argument =
    name === 'sqlalchemy.ForeignKey'
      ? (keywordOf(call, 'column') ?? positionalsOf(call)[0])
      : name === 'sqlmodel.Field'
        ? keywordOf(call, 'foreign_key')
        : undefined;
  const value = argument?.value;
  return value?.kind === 'string' && value.value !== null ? value : null;
}

/** A column may have several keys: the one that this text is about. */
function isMeant(key: ForeignKey, target: StringLiteral): boolean {
  return (target.value ?? '').split('.').includes(key.targetTable);
}

/** Models that declare the table that a key leads to, whatever their schema. */
export function modelsOfTarget({ key, model }: NamedTarget, { project }: FileContext): readonly Model[] {
  return project
    .modelsWithTable(key.targetTable)
    .filter(other => other.tableName !== null && other.table !== null && mayShareMetadata(other, model));
}

/** Another base mostly has another `MetaData`: a revision's own sketch of a table is no target for the models. */
function mayShareMetadata(one: Model, other: Model): boolean {
  return one.base === other.base || one.kind === 'table' || other.kind === 'table';
}
