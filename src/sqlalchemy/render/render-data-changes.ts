/** INSERT, UPDATE and DELETE as SQL, with what SQLAlchemy adds by itself: defaults and the RETURNING of new keys. */
import type { Unknown } from '../statement.ts';
import { namedColumns } from '../statements/column-names.ts';
import { columnOf, expandedItem } from '../statements/columns.ts';
import { bind, grouped } from '../statements/elements.ts';
import { fromsOf, fromsOfFrom, normalizedFroms } from '../statements/from-elements.ts';
import type {
  DeleteNode,
  Element,
  FromElement,
  InsertNode,
  InsertSource,
  OnConflict,
  SelectItem,
  SetValue,
  TableColumn,
  TableFrom,
  UpdateNode,
} from '../statements/ir.ts';
import { quoted } from './quoting.ts';
import { renderCte, renderCteClause } from './render-cte.ts';
import { renderFrom, tableName } from './render-from.ts';
import { conditions, renderSelectColumn } from './render-select.ts';
import { type Flags, give, noNames, plainFlags, type Rendering } from './rendering.ts';
import { joined, mapped, type Sql } from './sql.ts';
import { giveUndeclared, strangers } from './undeclared-values.ts';
import { noteUnreadColumns } from './unread-columns.ts';

export function renderInsert(rendering: Rendering, insert: InsertNode): Sql {
  rendering.stack.push({
    asFrom: new Set(),
    correlatable: new Set(),
    names: noNames,
    written: new Map(insert.values?.[0]?.map(each => [each.key, each.value])),
  });
  for (const added of insert.addedCtes) renderCte(rendering, added.cte, added.nested);
  giveUndeclared(rendering, insert.table, insert.values?.flat() ?? [], 'insert');
  const body = [
    `INSERT INTO ${tableName(rendering, insert.table)}`,
    insertSource(rendering, insert),
    insert.onConflict === null ? '' : [' ', onConflict(rendering, insert, insert.onConflict)],
    returning(rendering, insert.returning.length > 0 ? insert.returning : newKeys(insert)),
  ];
  const ctes = renderCteClause(rendering, true);
  rendering.stack.pop();
  return [ctes, mapped(insert.at, body)];
}

function insertSource(rendering: Rendering, insert: InsertNode): Sql {
  if (insert.fromSelect !== null) return insertFromSelect(rendering, insert, insert.fromSelect);
  const rows =
    insert.values === null
      ? [requiredRow(insert.table)]
      : insert.values.map(row => completedRow(insert.table, row));
  const first = rows[0] ?? [];
  if (first.length === 0) return ' DEFAULT VALUES';
  const names = first.map(each => columnName(insert.table, each));
  const tuples = rows.map(row => {
    const byKey = new Map(row.map(each => [each.key, each.value]));
    const cells = first.map(each => renderSetValue(rendering, byKey.get(each.key) ?? each.value));
    return ['(', joined(cells, ', '), ')'];
  });
  return [' (', joined(names, ', '), ') VALUES ', joined(tuples, ', ')];
}

/** Without `values(…)` every column is a parameter. */
function requiredRow(table: TableFrom): readonly SetValue[] {
  return table.columns
    .filter(column => column.omitted !== true)
    .map(column => ({ key: column.key, at: null, value: namedBind(column) }));
}

function namedBind(column: TableColumn): Element {
  return { ...bind(column.key, column.type, null), unique: false };
}

/** In the table's order, with the columns that Python fills by itself. */
function completedRow(table: TableFrom, row: readonly SetValue[]): readonly SetValue[] {
  const given = new Map(row.map(each => [each.key, each]));
  const known = table.columns.flatMap(
    column => given.get(column.key) ?? addedValue(column, column.insertDefault),
  );
  return [...known, ...strangers(table, row)];
}

function addedValue(column: TableColumn, value: TableColumn['insertDefault']): readonly SetValue[] {
  const made = defaultOf(value, column);
  return made === null ? [] : [{ key: column.key, at: null, value: made }];
}

function columnName(table: TableFrom, { key, at }: SetValue): Sql {
  return mapped(at, quoted(nameOf(table, key)));
}

function defaultOf(value: TableColumn['insertDefault'], column: TableColumn): Element | null {
  if (value === null) return null;
  return value === 'bind' ? bind(column.key, column.type, null) : value;
}

function nameOf(table: TableFrom, key: string): string {
  return table.columns.find(column => column.key === key)?.name ?? key;
}

function renderSetValue(rendering: Rendering, value: Element): Sql {
  return rendering.renderElement(rendering, grouped(value, null), plainFlags);
}

function insertFromSelect(rendering: Rendering, insert: InsertNode, source: InsertSource): Sql {
  const added = insert.table.columns.flatMap(column => {
    const value = source.columns.includes(column.key) ? null : defaultOf(column.insertDefault, column);
    const isAdded = value !== null && source.defaults && source.statement.kind === 'select';
    return isAdded ? [{ key: column.key, value }] : [];
  });
  const names = [...source.columns, ...added.map(each => each.key)].map(key =>
    quoted(nameOf(insert.table, key)),
  );
  const extra = added.map(({ value }) => ({ kind: 'element', element: value, at: null }) as const);
  const statement =
    source.statement.kind === 'select'
      ? { ...source.statement, items: [...source.statement.items, ...extra] }
      : source.statement;
  const place = { asFrom: false, lateral: false, embedded: true };
  return [` (${names.join(', ')}) `, rendering.renderStatement(rendering, statement, place)];
}

/** The implicit RETURNING of a single-row INSERT: keys that the server makes or works out. */
function newKeys(insert: InsertNode): readonly SelectItem[] {
  if (insert.values === null || insert.many || insert.inline || insert.fromSelect !== null) return [];
  const given = new Map(insert.values[0]?.map(each => [each.key, each.value]));
  return insert.table.columns
    .filter(column => column.primaryKey)
    .filter(column => {
      const value = given.get(column.key);
      if (value !== undefined) return value.kind !== 'bind';
      return column.insertDefault === null
        ? column.autoincrement || column.serverDefault
        : column.insertDefault !== 'bind';
    })
    .flatMap(column => {
      const element = columnOf(insert.table, column.key);
      return element === null ? [] : [{ kind: 'element', element, at: null } as const];
    });
}

function onConflict(rendering: Rendering, insert: InsertNode, clause: OnConflict): Sql {
  const bare: Flags = { ...plainFlags, tableNames: false };
  const target = conflictTarget(rendering, clause, bare);
  if (clause.set === null) return ['ON CONFLICT', target === '' ? '' : [' ', target], ' DO NOTHING'];
  const given = new Map(clause.set.map(each => [each.key, each]));
  const known = insert.table.columns.flatMap(column => given.get(column.key) ?? []);
  const others = clause.set.filter(each => !known.includes(each));
  const flags: Flags = { ...plainFlags, schemaNames: false };
  const assignments = [...known, ...others].map(each => [
    columnName(insert.table, each),
    ' = ',
    rendering.renderElement(rendering, grouped(each.value, null), flags),
  ]);
  const where =
    clause.where === null ? '' : [' WHERE ', rendering.renderElement(rendering, clause.where, flags)];
  return ['ON CONFLICT ', target, ' DO UPDATE SET ', joined(assignments, ', '), where];
}

function conflictTarget(rendering: Rendering, clause: OnConflict, flags: Flags): Sql {
  if (clause.constraint !== null) return `ON CONSTRAINT ${quoted(clause.constraint)}`;
  if (clause.targets === null) return '';
  const targets = clause.targets.map(each =>
    typeof each === 'string' ? quoted(each) : rendering.renderElement(rendering, each, flags),
  );
  const where =
    clause.targetWhere === null
      ? ''
      : [' WHERE ', rendering.renderElement(rendering, clause.targetWhere, flags)];
  return ['(', joined(targets, ', '), ')', where];
}

export function renderUpdate(rendering: Rendering, update: UpdateNode): Sql {
  const values = updateValues(update);
  giveUndeclared(rendering, update.table, values, update.ordered ? 'ordered' : 'update');
  const extra = extraFroms(update.from, [...update.where, ...values.map(each => each.value)]);
  pushChange(rendering, update, extra, values);
  for (const added of update.addedCtes) renderCte(rendering, added.cte, added.nested);
  const target = ['UPDATE ', renderFrom(rendering, update.from)];
  const assignments = values.map(each => [
    each.target === undefined
      ? columnName(update.table, each)
      : rendering.renderElement(rendering, each.target, { ...plainFlags, tableNames: false }),
    '=',
    renderSetValue(rendering, each.value),
  ]);
  if (assignments.length === 0) give(rendering, nothingSet(update));
  const from =
    extra.length === 0
      ? ''
      : [
          ' FROM ',
          joined(
            extra.map(each => renderFrom(rendering, each)),
            ', ',
          ),
        ];
  const where = conditions(rendering, ' WHERE ', update.where);
  const body = [
    target,
    ' SET ',
    joined(assignments, ', '),
    from,
    where,
    returning(rendering, update.returning),
  ];
  const ctes = renderCteClause(rendering);
  rendering.stack.pop();
  return [ctes, mapped(update.at, body)];
}

function updateValues(update: UpdateNode): readonly SetValue[] {
  const { table, values } = update;
  if (values === null) return requiredRow(table);
  const given = new Map(values.map(each => [each.key, each]));
  const targets = values.filter(each => each.target !== undefined);
  const defaults = table.columns.flatMap(column =>
    given.has(column.key) ? [] : addedValue(column, column.updateDefault),
  );
  if (update.ordered) return [...values, ...defaults];
  const all = new Map([...values, ...defaults].map(each => [each.key, each]));
  return [
    ...targets,
    ...table.columns.flatMap(column => all.get(column.key) ?? []),
    ...strangers(table, values),
  ];
}

function nothingSet(update: UpdateNode): Unknown {
  return {
    reason: 'dynamic-arguments',
    detail: 'Nothing is set here, so there is no UPDATE.',
    location: update.at,
  };
}

export function renderDelete(rendering: Rendering, node: DeleteNode): Sql {
  const extra = normalizedFroms([...node.using, ...extraFroms(node.from, node.where)]);
  pushChange(rendering, node, extra);
  for (const added of node.addedCtes) renderCte(rendering, added.cte, added.nested);
  const target = ['DELETE FROM ', renderFrom(rendering, node.from)];
  const using =
    extra.length === 0
      ? ''
      : [
          ' USING ',
          joined(
            extra.map(each => renderFrom(rendering, each)),
            ', ',
          ),
        ];
  const where = conditions(rendering, ' WHERE ', node.where);
  const body = [target, using, where, returning(rendering, node.returning)];
  const ctes = renderCteClause(rendering);
  rendering.stack.pop();
  return [ctes, mapped(node.at, body)];
}

/** FROM elements of the conditions and of what is set, besides the target. */
function extraFroms(target: FromElement, expressions: readonly Element[]): readonly FromElement[] {
  return [...new Set(expressions.flatMap(fromsOf))].filter(from => from !== target);
}

function pushChange(
  rendering: Rendering,
  { from, only }: UpdateNode | DeleteNode,
  extra: readonly FromElement[],
  values: readonly SetValue[] = [],
): void {
  const froms = new Set([from, ...extra.flatMap(fromsOfFrom)]);
  rendering.stack.push({
    asFrom: froms,
    correlatable: froms,
    names: noNames,
    only: new Set(only),
    written: new Map(values.map(each => [each.key, each.value])),
  });
}

function returning(rendering: Rendering, items: readonly SelectItem[]): Sql {
  if (items.length === 0) return '';
  noteUnreadColumns(rendering, items);
  // A class of a joined inheritance comes back in the order of its tables.
  const columns = namedColumns(
    items.flatMap(item => expandedItem(item.kind === 'entity' ? { ...item, kind: 'from' } : item)),
    false,
  );
  return [
    ' RETURNING ',
    joined(
      columns.map(each => renderSelectColumn(rendering, each, false)),
      ', ',
    ),
  ];
}
