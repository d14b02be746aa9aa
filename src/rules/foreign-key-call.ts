/** Calls that give a column a foreign key by text, with the columns that have it. */
import { keywordOf, positionalsOf } from '../python/argument-at.ts';
import type { Call, StringLiteral } from '../python/syntax.ts';
import type { ForeignKey } from '../schema/schema.ts';
import type { ColumnAttribute, Model } from '../sqlalchemy/model.ts';
import { libraryNameOf } from './column-call.ts';
import { attributesAt } from './declared-attributes.ts';
import type { FileContext } from './rule.ts';

export interface ForeignKeyCall {
  /** `"users.id"` as written. */
  readonly target: StringLiteral;
  /** The first model whose table has the column: a mixin's serves many. */
  readonly model: Model;
  readonly attribute: ColumnAttribute;
  /** As the model's table has it. */
  readonly key: ForeignKey;
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
export function modelsOfTarget({ key, model }: ForeignKeyCall, { project }: FileContext): readonly Model[] {
  return project
    .modelsWithTable(key.targetTable)
    .filter(other => other.tableName !== null && other.table !== null && mayShareMetadata(other, model));
}

/** Another base mostly has another `MetaData`: a revision's own sketch of a table is no target for the models. */
function mayShareMetadata(one: Model, other: Model): boolean {
  return one.base === other.base || one.kind === 'table' || other.kind === 'table';
}
