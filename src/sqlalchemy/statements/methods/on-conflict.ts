/** `on_conflict_do_nothing(…)` and `on_conflict_do_update(…)` of PostgreSQL's INSERT. */
import { conditionOf, operandOf } from '../coercion.ts';
import { columnsOf } from '../columns.ts';
import { built, type Call, unknownAt } from '../evaluation.ts';
import type { Element, InsertNode, OnConflict, SetValue } from '../ir.ts';
import { keyColumns, keysOf } from '../primary-key.ts';
import { isNone, type Located, type PrimaryKeyValue, type StatementValue, type Value } from '../value.ts';
import { rowOfDict } from './set-values.ts';

export function conflictNothing(node: InsertNode, call: Call, self: StatementValue): Value {
  const target = conflictTarget(call);
  if (target === null) return unknownConflict(node, call, self, call.at);
  return built(call, { ...node, onConflict: { ...target, set: null, where: null } }, self);
}

export function conflictUpdate(node: InsertNode, call: Call, self: StatementValue): Value {
  const given = call.arguments.keywords.get('set_');
  const set = given === undefined ? null : conflictSet(node, call, given);
  const target = conflictTarget(call);
  if (set === null || target === null) return unknownConflict(node, call, self, given?.at ?? call.at);
  const where = call.arguments.keywords.get('where');
  const onConflict = {
    ...target,
    set,
    where: where === undefined || isNone(where.value) ? null : conditionOf(call.evaluation, where),
  };
  return built(call, { ...node, onConflict }, self);
}

function unknownConflict(node: InsertNode, call: Call, self: StatementValue, at: Located['at']): Value {
  const unknown = unknownAt('dynamic-arguments', 'The columns that ON CONFLICT speaks of are not known.', at);
  return built(call, { ...node, unknown: node.unknown ?? unknown }, self);
}

function conflictSet(node: InsertNode, call: Call, given: Located): readonly SetValue[] | null {
  if (given.value.kind === 'dict') return rowOfDict(node.table, call, given.value);
  return null;
}

type ConflictTarget = Pick<OnConflict, 'constraint' | 'targets' | 'targetWhere'>;

/** Null where what is given is not known: a constraint or an index kept as an object. */
function conflictTarget(call: Call): ConflictTarget | null {
  const { positional, keywords } = call.arguments;
  const constraint = keywords.get('constraint') ?? positional[0];
  const elements = keywords.get('index_elements') ?? positional[1];
  const where = keywords.get('index_where') ?? positional[2];
  if (constraint?.value.kind === 'primary-key') return keyTarget(constraint.value);
  const name = constraint === undefined || isNone(constraint.value) ? null : constraint.value;
  if (name !== null && (name.kind !== 'constant' || typeof name.value !== 'string')) return null;
  const targets = elements === undefined || isNone(elements.value) ? null : conflictColumns(call, elements);
  if (targets === undefined) return null;
  return {
    constraint: name === null ? null : String(name.value),
    targets,
    targetWhere: where === undefined || isNone(where.value) ? null : conditionOf(call.evaluation, where),
  };
}

/** By its name, or by its columns where it has none. */
function keyTarget({ table }: PrimaryKeyValue): ConflictTarget | null {
  const constraint = table.model?.table?.primaryKey?.name ?? null;
  if (constraint !== null) return { constraint, targets: null, targetWhere: null };
  const targets = keysOf(table);
  return targets.length === 0 ? null : { constraint: null, targets, targetWhere: null };
}

/** Undefined where they are not known. */
function conflictColumns(call: Call, given: Located): OnConflict['targets'] | undefined {
  const { value, at } = given;
  if (value.kind === 'columns') return columnsOf(value.from).map(each => ({ ...each, at }));
  if (value.kind === 'primary-key')
    return keyColumns(value, given).elements.map(each => conflictColumn(call, each));
  return value.kind === 'list' ? value.elements.map(each => conflictColumn(call, each)) : undefined;
}

function conflictColumn(call: Call, given: Located): string | Element {
  const { value } = given;
  return value.kind === 'constant' && typeof value.value === 'string'
    ? value.value
    : operandOf(call.evaluation, given);
}
