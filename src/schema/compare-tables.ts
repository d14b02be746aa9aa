/** Two forms of one table: columns, keys, constraints, indexes, comments. Matches what has a name by it, else by content. */
import { literalPattern } from '../base/literal-pattern.ts';
import type { Column, ForeignKey, Index, Table, TablePart } from './schema.ts';
import type { ColumnAspect, Constraint, SchemaChange, TableName } from './schema-change.ts';
import type { SchemaKeys } from './schema-keys.ts';
import { isSerial, typeKey } from './type-key.ts';

export function compareTables(before: Table, after: Table, keys: SchemaKeys): readonly SchemaChange[] {
  const table = { schema: before.schema, name: before.name };
  return [
    ...compareColumns(before, after, keys),
    ...comparePrimaryKeys(before, after),
    ...compareNamed(before, after, {
      part: 'uniques',
      read: each => each.uniques,
      name: ({ name }) => name,
      content: ({ columns }) => columns.toSorted().join(),
      isSameName: isSamePart,
      constraint: (key): Constraint => ({ kind: 'unique', key }),
    }),
    ...compareForeignKeys(before, after),
    ...compareChecks(before, after, keys),
    ...compareIndexes(before, after, keys),
    ...(before.comment === after.comment
      ? []
      : [{ kind: 'comment-table' as const, table, before: before.comment, after: after.comment }]),
  ];
}

function isUnread(table: Table, part: TablePart): boolean {
  return table.unread?.includes(part) ?? false;
}

function compareColumns(before: Table, after: Table, keys: SchemaKeys): readonly SchemaChange[] {
  const table = { schema: before.schema, name: before.name };
  const altered = before.columns.flatMap(column => {
    const counterpart = after.columns.find(({ name }) => name === column.name);
    const aspects = counterpart ? compareColumn(column, counterpart, keys) : [];
    return counterpart && aspects.length > 0
      ? [{ kind: 'alter-column' as const, table, before: column, after: counterpart, aspects }]
      : [];
  });
  const added = isUnread(before, 'columns') ? [] : missing(after.columns, before.columns);
  const dropped = isUnread(after, 'columns') ? [] : missing(before.columns, after.columns);
  return [
    ...added.map(column => ({ kind: 'add-column' as const, table, column })),
    ...altered,
    ...dropped.map(column => ({ kind: 'drop-column' as const, table, column })),
  ];
}

function missing(columns: readonly Column[], others: readonly Column[]): readonly Column[] {
  return columns.filter(({ name }) => !others.some(other => other.name === name));
}

function compareColumn(before: Column, after: Column, keys: SchemaKeys): readonly ColumnAspect[] {
  const unread = [...(before.unread ?? []), ...(after.unread ?? [])];
  const aspects: readonly (readonly [ColumnAspect, boolean])[] = [
    ['type', !unread.includes('type') && !hasSameType(before, after)],
    ['nullable', before.nullable !== after.nullable],
    ['default', !unread.includes('default') && !hasSameDefault(before, after, keys)],
    ['identity', before.identity !== after.identity],
    ['computed', !hasSameComputed(before, after, keys)],
    ['comment', before.comment !== after.comment],
  ];
  return aspects.filter(([, differs]) => differs).map(([aspect]) => aspect);
}

/** Text without a limit holds an enum as well as text of the length that its values happen to have. */
function hasSameType(before: Column, after: Column): boolean {
  const [one, other] = [typeKey(before.type), typeKey(after.type)];
  return one === other || (after.derivedLength === true && one === other.replace(/\(\d+\)/, ''));
}

/** A serial's default is its own sequence, which its type says; whether it was left out on purpose is not told. */
function hasSameDefault(before: Column, after: Column, keys: SchemaKeys): boolean {
  if (isSerial(before.type) || isSerial(after.type)) return true;
  if (before.default === null || after.default === null) return before.default === after.default;
  const [one, other] = [keys.expression(before.default), keys.expression(after.default)];
  return one === other || (typeKey(after.type) === 'boolean' && isSameBoolean(one, other));
}

/** PostgreSQL's spellings of one boolean: `'t'`, `'1'`, `'on'`, `true`. */
function isSameBoolean(one: string, other: string): boolean {
  return [truth, untruth].some(spelling => spelling.test(one) && spelling.test(other));
}

const truth = /^"constant (?:t|true|y|yes|on|1)"$/i;
const untruth = /^"constant (?:f|false|n|no|off|0)"$/i;

function hasSameComputed(
  { computed: before }: Column,
  { computed: after }: Column,
  keys: SchemaKeys,
): boolean {
  if (before === null || after === null) return before === after;
  return (
    before.stored === after.stored && keys.expression(before.expression) === keys.expression(after.expression)
  );
}

/** By their columns alone, in any order: neither another name nor another order is a reason to build the key anew. */
function comparePrimaryKeys(before: Table, after: Table): readonly SchemaChange[] {
  if (isUnread(before, 'columns') || isUnread(after, 'columns')) return [];
  const columnsOf = ({ primaryKey }: Table) => primaryKey?.columns.toSorted().join() ?? '';
  if (columnsOf(before) === columnsOf(after)) return [];
  return [...primaryKeyChange('drop-constraint', before), ...primaryKeyChange('create-constraint', after)];
}

function primaryKeyChange(
  kind: 'create-constraint' | 'drop-constraint',
  { schema, name, primaryKey }: Table,
): readonly SchemaChange[] {
  if (primaryKey === null) return [];
  return [{ kind, table: { schema, name }, constraint: { kind: 'primary-key', key: primaryKey } }];
}

/** A target in the search path's first schema may be written with it or without. */
function foreignKeyContent(key: ForeignKey): string {
  const target = `${key.targetSchema ?? 'public'}.${key.targetTable}`;
  const action = (text: string | null) =>
    text === null || /^no action$/i.test(text) ? '' : text.toUpperCase();
  // Without target columns the target's primary key is meant, whatever it is.
  return [key.columns.join(), target, action(key.onDelete), action(key.onUpdate)].join(' ');
}

function hasSameTargetColumns(a: ForeignKey, b: ForeignKey): boolean {
  const known = a.targetColumns.length > 0 && b.targetColumns.length > 0;
  return !known || a.targetColumns.join() === b.targetColumns.join();
}

/** By what they do: the name alone makes no foreign key another one, as Alembic has it. */
function compareForeignKeys(before: Table, after: Table): readonly SchemaChange[] {
  const table = { schema: before.schema, name: before.name };
  const isSame = (a: ForeignKey, b: ForeignKey) =>
    foreignKeyContent(a) === foreignKeyContent(b) && hasSameTargetColumns(a, b);
  const lacking = (keys: readonly ForeignKey[], others: readonly ForeignKey[]) =>
    keys.filter(key => !others.some(other => isSame(key, other)));
  const toChange = (kind: 'create-constraint' | 'drop-constraint') => (key: ForeignKey) => ({
    kind,
    table,
    constraint: { kind: 'foreign-key' as const, key },
  });
  const dropped = isUnread(after, 'foreign-keys') ? [] : lacking(before.foreignKeys, after.foreignKeys);
  const created = isUnread(before, 'foreign-keys') ? [] : lacking(after.foreignKeys, before.foreignKeys);
  return [...dropped.map(toChange('drop-constraint')), ...created.map(toChange('create-constraint'))];
}

interface NamedParts<Part> {
  readonly part: TablePart;
  readonly read: (table: Table) => readonly Part[];
  readonly name: (part: Part) => string | null;
  readonly content: (part: Part) => string;
  readonly isSameName: (a: string | null, b: string | null) => boolean;
  readonly constraint: (part: Part) => Constraint;
}

function compareNamed<Part>(before: Table, after: Table, parts: NamedParts<Part>): readonly SchemaChange[] {
  const table = { schema: before.schema, name: before.name };
  const { gone, added } = matchNamed(parts.read(before), parts.read(after), parts);
  const toChange = (kind: 'create-constraint' | 'drop-constraint') => (part: Part) => ({
    kind,
    table,
    constraint: parts.constraint(part),
  });
  return [
    ...(isUnread(after, parts.part) ? [] : gone.map(toChange('drop-constraint'))),
    ...(isUnread(before, parts.part) ? [] : added.map(toChange('create-constraint'))),
  ];
}

/**
 * A check without a name may be any other one over the same columns, written another way: where both sides have one
 * over, neither is told.
 */
function compareChecks(before: Table, after: Table, keys: SchemaKeys): readonly SchemaChange[] {
  const changes = compareNamed(before, after, {
    part: 'checks',
    read: each => each.checks,
    name: ({ name }) => name,
    content: ({ expression }) => keys.expression(expression),
    isSameName: isSameCheckName,
    constraint: (check): Constraint => ({ kind: 'check', check }),
  });
  const checkOf = (change: SchemaChange) =>
    'constraint' in change && change.constraint.kind === 'check' ? change.constraint.check : null;
  const mayBeSame = (a: SchemaChange, b: SchemaChange) => {
    const [one, other] = [checkOf(a), checkOf(b)];
    if (a.kind === b.kind || one === null || other === null) return false;
    if (one.name !== null && other.name !== null) return false;
    return keys.columns(one.expression).join() === keys.columns(other.expression).join();
  };
  return changes.filter(change => !changes.some(other => mayBeSame(change, other)));
}

/** A revision may leave it to the naming convention to put more around the name. */
function isSameCheckName(a: string | null, b: string | null): boolean {
  return isSamePart(a, b) || isWithin(a ?? '', b ?? '') || isWithin(b ?? '', a ?? '');
}

/** As a whole, not as part of a word: `positive` in ``ck_rooms_`positive` ``. */
function isWithin(name: string, longer: string): boolean {
  return new RegExp(`(?:^|[\\W_])${literalPattern(name)}(?:$|[\\W_])`).test(longer);
}

/** An index without elements could not be read; neither it nor its namesake is told. */
function compareIndexes(before: Table, after: Table, keys: SchemaKeys): readonly SchemaChange[] {
  const table: TableName = { schema: before.schema, name: before.name };
  const unread = new Set(
    [...before.indexes, ...after.indexes]
      .filter(({ elements }) => elements.length === 0)
      .map(({ name }) => name),
  );
  const isRead = ({ name }: Index) => !unread.has(name);
  const { gone, added } = matchNamed(before.indexes.filter(isRead), after.indexes.filter(isRead), {
    name: ({ name }: Index) => name,
    content: (index: Index) => keys.index(index),
    isSameName: isSamePart,
  });
  return [
    ...(isUnread(after, 'indexes') ? [] : gone.map(index => ({ kind: 'drop-index' as const, table, index }))),
    ...(isUnread(before, 'indexes')
      ? []
      : added.map(index => ({ kind: 'create-index' as const, table, index }))),
  ];
}

/** What has no name on one side is the same as a counterpart with the same content; two names make two things. */
function matchNamed<Part>(
  before: readonly Part[],
  after: readonly Part[],
  parts: Pick<NamedParts<Part>, 'name' | 'content' | 'isSameName'>,
): { readonly gone: readonly Part[]; readonly added: readonly Part[] } {
  const { name, content, isSameName } = parts;
  const left = [...withoutRepeats(after, parts)];
  const gone = withoutRepeats(before, parts).filter(part => {
    const found = left.findIndex(
      other => isSameName(name(part), name(other)) && content(part) === content(other),
    );
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  return { gone, added: left };
}

/** Of `unique=True` and a constraint over the same column, PostgreSQL makes one. */
function withoutRepeats<Part>(
  all: readonly Part[],
  { name, content }: Pick<NamedParts<Part>, 'name' | 'content'>,
): readonly Part[] {
  return all.filter(
    (part, index) =>
      name(part) !== null ||
      !all.some(
        (other, at) =>
          at !== index && content(other) === content(part) && (name(other) !== null || at < index),
      ),
  );
}

/** PostgreSQL cuts names off at 63 bytes. */
function isSamePart(a: string | null, b: string | null): boolean {
  return a === null || b === null || a.slice(0, 63) === b.slice(0, 63);
}
