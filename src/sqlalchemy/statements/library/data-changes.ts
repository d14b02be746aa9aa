/** `insert(…)`, `update(…)` and `delete(…)` before their methods. */

import type { Model } from '../../model.ts';
import { unknownFrom } from '../coercion.ts';
import { columnsOf } from '../columns.ts';
import { built, type Call, unsupported } from '../evaluation.ts';
import { fromOf } from '../from-values.ts';
import type { ColumnElement, FromElement, TableColumn, TableFrom } from '../ir.ts';
import { givenUp } from '../recorder.ts';
import type { Located, StatementValue, Value } from '../value.ts';

export function insertOf(call: Call, given: Located | undefined, postgresql: boolean): Value {
  return onTarget(call, given, (from, model) => insertInto(from, call, postgresql, model));
}

export function updateCall(call: Call, given: Located | undefined): Value {
  return onTarget(call, given, (from, model) => updateOf(from, call, model));
}

export function deleteCall(call: Call, given: Located | undefined): Value {
  return onTarget(call, given, (from, model) => deleteFrom(from, call, model));
}

/** A class that shares the table of its parent has attributes that the parent does not have. */
function onTarget(
  call: Call,
  given: Located | undefined,
  make: (from: FromElement, model: Model | null) => Value,
): Value {
  if (given === undefined) return unsupported(call, 'The table is missing.');
  const from = fromOf(given.value);
  if (from !== null) {
    const model = given.value.kind === 'entity' ? given.value.model : null;
    // A class of a joined-table inheritance is changed in its own table.
    return make(from.kind === 'join' && from.model !== undefined ? from.right : from, model);
  }
  // Which table it changes is not known; that it is a statement is.
  const made = make(unknownTable, null);
  if (made.kind !== 'statement') return made;
  const { unknown } = unknownFrom(given.value, given.at, 'The table');
  return givenUp(made, unknown, [made], call.evaluation.recorder);
}

const unknownTable: TableFrom = {
  kind: 'table',
  name: '?',
  schema: null,
  columns: [],
  foreignKeys: [],
  model: null,
  complete: false,
};

function tableOf(from: FromElement): TableFrom | null {
  if (from.kind === 'table') return from;
  if (from.kind === 'cte')
    return { ...unknownTable, columns: columnsOf(from).map(plainColumn), complete: true };
  return from.kind === 'alias' ? tableOf(from.of) : null;
}

function plainColumn({ key, type }: ColumnElement): TableColumn {
  return {
    name: key,
    key,
    type,
    primaryKey: false,
    autoincrement: false,
    insertDefault: null,
    updateDefault: null,
    serverDefault: false,
  };
}

export function insertInto(
  from: FromElement,
  call: Call,
  postgresql: boolean,
  model: Model | null = null,
): Value {
  const table = from.kind === 'cte' ? null : tableOf(from);
  if (table === null) return unsupported(call, 'Only a table can be inserted into.');
  const value: StatementValue = built(call, {
    kind: 'insert',
    ...change(table, from, model),
    values: null,
    many: false,
    fromSelect: null,
    onConflict: null,
    inline: false,
    upserts: postgresql,
    unknown: null,
    at: call.at,
  });
  if (!postgresql) return value;
  const withExcluded: StatementValue = {
    ...value,
    excluded: { kind: 'alias', of: table, name: 'excluded', lateral: false, tablesample: null, at: null },
  };
  call.evaluation.recorder?.consumed(value);
  call.evaluation.recorder?.built(withExcluded);
  return withExcluded;
}

export function updateOf(from: FromElement, call: Call, model: Model | null = null): Value {
  const table = tableOf(from);
  if (table === null) return unsupported(call, 'Only a table can be updated.');
  return built(call, {
    kind: 'update',
    ...change(table, from, model),
    values: null,
    ordered: false,
    where: [],
    unknown: null,
    at: call.at,
  });
}

export function deleteFrom(from: FromElement, call: Call, model: Model | null = null): Value {
  const table = tableOf(from);
  if (table === null) return unsupported(call, 'Only from a table can rows be deleted.');
  return built(call, {
    kind: 'delete',
    ...change(table, from, model),
    using: [],
    where: [],
    unknown: null,
    at: call.at,
  });
}

function change(table: TableFrom, from: FromElement, model: Model | null) {
  return { table, from, model: model ?? table.model, returning: [], addedCtes: [] } as const;
}
