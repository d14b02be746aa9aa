/**
 * Tables that a module copies from one metadata into another and retypes: `for table in Base.metadata.sorted_tables:
 * copy(table)`, where the function begins with `to_metadata()`, goes through the columns and gives those of a type another
 * one. A class on such a table names it by the class it was copied from: `Other.metadata.tables[User.__tablename__]`. What
 * else a function does to a copy leaves it unread.
 */
import { lastName } from '../../python/last-name.ts';
import type { Assignment, Expression, For, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { constantOf, withLocal } from '../reading/constants.ts';
import { attributeKey, expand } from '../reading/expand.ts';
import { calleeName, followReference, referenceOf } from '../reading/reference.ts';
import { enterSite, type Site } from '../reading/site.ts';
import { isNone } from '../types/read-annotation.ts';
import { readType } from '../types/read-type.ts';
import { sqlType } from '../types/sql-type.ts';
import { isOfType } from '../types/type-classes.ts';
import type { ClassNode } from './class-node.ts';
import type { ColumnDraft, ColumnName, ConstraintDraft, Metadata, TableDraft } from './drafts.ts';
import { readMetadata } from './read-metadata.ts';

/** `tableOf` reads the table of a class. Null where `expression` is no copied table that can be followed. */
export function copiedTable(
  expression: Expression,
  site: Site,
  tableOf: (source: ClassNode) => TableDraft | null,
): TableDraft | null {
  const named = tableOfMetadata(expression);
  const source = named && followReference(named.owner, site);
  if (!named || source?.kind !== 'class') return null;
  const table = tableOf(source);
  const into = readMetadata(named.metadata, site, null);
  if (!table || table.metadata.owner === null || into.owner === null) return null;
  for (const loop of site.file.module.body) {
    const copy = loop.kind === 'for' ? copyIn(loop, table.metadata, into, site) : null;
    if (copy) return copyOf(table, into, copy);
  }
  return null;
}

/** `Base.metadata.tables[User.__tablename__]`. */
export function tableOfMetadata(
  expression: Expression,
): { readonly metadata: Expression; readonly owner: Expression } | null {
  if (expression.kind !== 'subscript' || expression.indices.length !== 1) return null;
  const { value: tables, indices } = expression;
  const [index] = indices;
  const isNamed = index?.kind === 'attribute' && index.attribute.id === '__tablename__';
  if (!isNamed || tables.kind !== 'attribute' || tables.attribute.id !== 'tables') return null;
  return { metadata: tables.value, owner: index.value };
}

/** The attributes of a class whose body begins with such a loop: `for column in __table__.columns: vars()[…] = column`. */
export function namedByLoop(
  columns: readonly ColumnDraft[],
  body: readonly Statement[],
  site: Site,
): readonly ColumnDraft[] | null {
  const loop = body.find(each => each.kind === 'for');
  const [binding] = loop?.body ?? [];
  const [target] = binding?.kind === 'assignment' ? binding.targets : [];
  if (loop?.target.kind !== 'name' || target?.kind !== 'subscript') return columns;
  const { id } = loop.target;
  const named = columns.flatMap(column => {
    const here = withLocal(site, `${id}.name`, { kind: 'constant', value: column.column });
    const name = target.indices[0] && constantOf(expand(target.indices[0], here), here);
    return typeof name === 'string' ? [{ ...column, name }] : [];
  });
  return named.length === columns.length ? named : null;
}

interface Copy {
  readonly changes: readonly Change[];
  /** Whether something is done to its indexes, which is not read. */
  readonly losesIndexes: boolean;
}

/** What a column becomes. */
type Change = (column: ColumnDraft) => ColumnDraft;

function copyIn(loop: For, from: Metadata, into: Metadata, site: Site): Copy | null {
  const { iterable, target, body } = loop;
  if (iterable.kind !== 'attribute' || iterable.attribute.id !== 'sorted_tables') return null;
  if (readMetadata(iterable.value, site, null).owner !== from.owner || body.length !== 1) return null;
  const [statement] = body;
  const call = statement?.kind === 'expression' ? statement.expression : null;
  if (call?.kind !== 'call' || call.arguments.length !== 1) return null;
  const [given] = call.arguments;
  const isGiven = given?.value.kind === 'name' && target.kind === 'name' && given.value.id === target.id;
  const called = referenceOf(call.function, site);
  return isGiven && called.kind === 'function'
    ? readCopy(called.node, into, enterSite(site, called.file))
    : null;
}

function readCopy({ body, parameters }: FunctionDefinition, into: Metadata, site: Site): Copy | null {
  const [first, ...rest] = body.filter(each => !isDocstring(each));
  const copy = first?.kind === 'assignment' ? nameOfCopy(first, parameters[0]?.name.id, into, site) : null;
  if (copy === null) return null;
  const changes: Change[] = [];
  let losesIndexes = false;
  for (const statement of rest) {
    if (statement.kind === 'return') break;
    if (statement.kind === 'for') {
      const change = changeIn(statement, copy, site);
      if (change === null) return null;
      changes.push(change);
    } else if (isOnIndexes(statement, copy)) losesIndexes = true;
    else return null;
  }
  return { changes, losesIndexes };
}

function isDocstring(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.expression.kind === 'string';
}

/** `new = table.to_metadata(Other.metadata)`; a name or schema of its own makes it another table. */
function nameOfCopy(
  { targets, value }: Assignment,
  table: string | undefined,
  into: Metadata,
  site: Site,
): string | null {
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== 'name' || value?.kind !== 'call') return null;
  const { function: called, arguments: given } = value;
  if (called.kind !== 'attribute' || !/^to_?metadata$/.test(called.attribute.id)) return null;
  const isTable = called.value.kind === 'name' && called.value.id === table;
  const [metadata] = given;
  if (!isTable || given.length !== 1 || !metadata || metadata.unpacked) return null;
  return readMetadata(metadata.value, site, null).owner === into.owner ? target.id : null;
}

/** `new.indexes.discard(…)`. */
function isOnIndexes(statement: Statement, copy: string): boolean {
  const call = statement.kind === 'expression' ? statement.expression : null;
  return (
    call?.kind === 'call' &&
    call.function.kind === 'attribute' &&
    attributeKey(call.function.value) === `${copy}.indexes`
  );
}

function changeIn({ target, iterable, body, otherwise }: For, copy: string, site: Site): Change | null {
  const columns = attributeKey(iterable);
  const isOverColumns = columns === `${copy}.columns` || columns === `${copy}.c`;
  if (!isOverColumns || target.kind !== 'name' || otherwise.length > 0) return null;
  return changesOf(body, target.id, site);
}

/** One after the other; null where one of them cannot be read. */
function changesOf(body: readonly Statement[], column: string, site: Site): Change | null {
  const changes = body.map(each => changeOf(each, column, site));
  return changes.every(each => each !== null)
    ? draft => changes.reduce((changed, change) => change(changed), draft)
    : null;
}

function changeOf(statement: Statement, column: string, site: Site): Change | null {
  if (statement.kind === 'pass') return draft => draft;
  if (statement.kind === 'assignment') return assigned(statement, column, site);
  if (statement.kind !== 'if') return null;
  const classes = classesAsked(statement.test, column, site);
  const then = changesOf(statement.body, column, site);
  const otherwise = changesOf(statement.otherwise, column, site);
  if (!classes || !then || !otherwise) return null;
  return draft => {
    const answers = classes.map(each => draft.type && isOfType(draft.type, each));
    if (answers.includes(true)) return then(draft);
    return answers.includes(null) ? { ...draft, type: sqlType('TypeEngine', null) } : otherwise(draft);
  };
}

/** The library's types of `isinstance(column.type, (DateTime, JSONB))`. */
function classesAsked(test: Expression, column: string, site: Site): readonly string[] | null {
  if (test.kind !== 'call' || calleeName(test, site) !== 'builtins.isinstance') return null;
  const [type, asked] = argumentsOf(test).positional;
  if (!type || !asked || attributeKey(type) !== `${column}.type`) return null;
  const classes = (asked.kind === 'tuple' ? asked.elements : [asked]).map(each => {
    const reference = followReference(each, site);
    return reference.kind === 'library' ? reference.name : null;
  });
  return classes.every(each => each !== null) ? classes : null;
}

/** `column.type = String(32)`, `column.default = ColumnDefault(dict)` and `column.server_default = None`. */
function assigned({ targets, value }: Assignment, column: string, site: Site): Change | null {
  const [target] = targets;
  if (targets.length !== 1 || !target || !value) return null;
  switch (attributeKey(target)) {
    case `${column}.type`: {
      const type = readType(value, site, null);
      return type && (draft => ({ ...draft, type }));
    }
    case `${column}.default`: {
      const text = defaultText(value, site);
      return text === undefined ? null : draft => ({ ...draft, default: text });
    }
    case `${column}.server_default`:
      return isNone(value) ? draft => ({ ...draft, serverDefault: null }) : null;
    default:
      return null;
  }
}

function defaultText(value: Expression, site: Site): string | null | undefined {
  if (isNone(value)) return null;
  const isDefault = value.kind === 'call' && lastName(value.function) === 'ColumnDefault';
  const given = isDefault ? argumentsOf(value).positional[0] : undefined;
  return given && site.file.text.slice(given.start, given.end);
}

function copyOf(table: TableDraft, metadata: Metadata, { changes, losesIndexes }: Copy): TableDraft {
  const columns = table.columns.map(column => {
    const changed = changes.reduce((draft, change) => change(draft), column);
    return { ...changed, name: column.column };
  });
  const constraints = table.constraints
    .filter(each => !losesIndexes || each.kind !== 'index')
    .map(each => byKey(each, table.columns));
  return { ...table, columns, constraints, metadata, incomplete: table.incomplete || losesIndexes };
}

/** The copy knows nothing of the class's attributes. */
function byKey(constraint: ConstraintDraft, columns: readonly ColumnDraft[]): ConstraintDraft {
  const keyed = (each: ColumnName): ColumnName => {
    const column = each.by === 'attribute' ? columns.find(({ name }) => name === each.name) : undefined;
    return { by: 'key', name: column?.column ?? each.name };
  };
  switch (constraint.kind) {
    case 'check':
      return constraint;
    case 'index': {
      const elements = constraint.elements.map(each => (typeof each === 'string' ? each : keyed(each)));
      return { ...constraint, elements, include: constraint.include.map(keyed) };
    }
    default:
      return { ...constraint, columns: constraint.columns.map(keyed) };
  }
}
