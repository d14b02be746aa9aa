/** Calls of library functions: SQLAlchemy's by the tables of `library/`, and the few builtins that matter. */

import type { Model } from '../model.ts';
import type { Unknown } from '../statement.ts';
import { FORM_LIMIT } from './choices.ts';
import { columnsOf } from './columns.ts';
import { composableOf } from './composables.ts';
import { batchCall, driverOfName, migrationSql } from './drivers.ts';
import { entityOf } from './entities.ts';
import { type Call, unknownAt } from './evaluation.ts';
import { flaskExtension } from './flask-extension.ts';
import type { FromElement } from './ir.ts';
import { expressionFunctions } from './library/expressions.ts';
import { callFunction } from './library/functions.ts';
import { itertoolsCall } from './library/itertools.ts';
import { joinMarks } from './library/join-marks.ts';
import { isLoader, loaderOf } from './library/loaders.ts';
import { statementFunctions } from './library/statements.ts';
import { DECLARED_METADATA, METADATA } from './metadata-tables.ts';
import { keywordEntries } from './mutations.ts';
import { pythonCall } from './python-calls.ts';
import { superOf } from './super.ts';
import { classType } from './types-called.ts';
import {
  type ConnectionLikeValue,
  type Environment,
  element,
  type Located,
  PYTHON,
  unknownSql,
  type Value,
} from './value.ts';

const sessionClasses: Readonly<Record<string, ConnectionLikeValue>> = {
  create_engine: { kind: 'engine', async: false },
  create_async_engine: { kind: 'engine', async: true },
  engine_from_config: { kind: 'engine', async: false },
  async_engine_from_config: { kind: 'engine', async: true },
  sessionmaker: { kind: 'session-factory', async: false },
  async_sessionmaker: { kind: 'session-factory', async: true },
  scoped_session: { kind: 'session-factory', async: false },
  async_scoped_session: { kind: 'session-factory', async: true },
  Session: { kind: 'session', async: false },
  'sqlmodel.Session': { kind: 'session', async: false },
  AsyncSession: { kind: 'session', async: true },
};

export function libraryCall(call: Call, written: string): Value {
  // SQLModel gives SQLAlchemy's functions under names of its own.
  const name =
    written.startsWith('sqlmodel.') && written !== 'sqlmodel.Session'
      ? written.slice('sqlmodel.'.length)
      : written;
  // `func.cast(…)` is the construct, not a function of that name.
  if (name === 'func.cast') return expressionFunctions.cast?.(call) ?? PYTHON;
  if (name.startsWith('func.')) return callFunction(name.slice('func.'.length), call) ?? PYTHON;
  if (isLoader(name)) return loaderOf(name, call, null);
  const driver = driverOfName(name);
  if (driver !== null) return driver;
  const session = sessionClasses[name];
  if (session !== undefined) return expiring(session, call);
  const make = statementFunctions[name] ?? expressionFunctions[name] ?? joinMarks[name];
  if (make !== undefined) {
    return (
      make(call) ??
      unknownSql(unknownAt('unsupported-construct', `This use of ${name} is not understood.`, call.at))
    );
  }
  return libraryValue(call, name);
}

/** With the `expire_on_commit` that it is made with, or that of the factory which it wraps. */
function expiring(made: ConnectionLikeValue, call: Call): ConnectionLikeValue {
  const { keywords, positional, open } = call.arguments;
  if (made.kind === 'engine' || open !== null) return made;
  const [factory] = positional;
  if (factory?.value.kind === 'session-factory') return factory.value;
  const given = keywords.get('expire_on_commit')?.value;
  const session: ConnectionLikeValue = {
    ...made,
    async: made.async || isAsyncClass(keywords.get('class_')?.value),
  };
  if (given === undefined) return { ...session, expireOnCommit: true };
  const isKnown = given.kind === 'constant' && typeof given.value === 'boolean';
  return isKnown ? { ...session, expireOnCommit: given.value === true } : session;
}

/** `sessionmaker(class_=AsyncSession)`, as it was written before there was `async_sessionmaker`. */
function isAsyncClass(value: Value | undefined): boolean {
  return value?.kind === 'library' && value.name === 'AsyncSession';
}

/** `tuple(ids)`: of what is in it no more is known than of what it is made from. */
function containerOf(name: string, { value }: Located): Value {
  if (name === 'builtins.reversed') return PYTHON;
  const item = value.kind === 'python' ? value.item : undefined;
  const type = name === 'builtins.sorted' ? 'builtins.list' : name;
  return { kind: 'python', type, ...(item === undefined ? {} : { item }) };
}

/** Builtins and other names of libraries that matter. */
function libraryValue(call: Call, name: string): Value {
  const first = call.arguments.positional[0];
  switch (name) {
    case 'builtins.list':
    case 'builtins.tuple':
    case 'builtins.set':
    case 'builtins.sorted':
    case 'builtins.reversed':
      if (first?.value.kind === 'columns' && (name === 'builtins.list' || name === 'builtins.tuple'))
        return columnList(first, first.value.from);
      return first === undefined
        ? { kind: 'list', elements: [] }
        : first.value.kind === 'list' && name !== 'builtins.reversed'
          ? { ...first.value }
          : containerOf(name, first);
    case 'OrderedDict':
    case 'collections.OrderedDict':
    case 'builtins.dict':
      return call.arguments.open === null && call.arguments.positional.length === 0
        ? { kind: 'dict', entries: keywordEntries(call.arguments) }
        : first?.value.kind === 'dict' && call.arguments.keywords.size === 0
          ? { ...first.value }
          : (pairsOf(first?.value) ?? PYTHON);
    case 'builtins.type':
      return first?.value.kind === 'instance' ? entityOf(call.evaluation, first.value.model) : PYTHON;
    case 'builtins.super':
      return superOf(call.evaluation.environment);
    case 'builtins.getattr':
      return dynamicAttribute(call);
    case 'typing.cast':
      return call.arguments.positional[1]?.value ?? PYTHON;
    case 'true':
    case 'false':
      return element({ kind: 'constant', value: name, at: call.at });
    // That of a module holds the tables which are declared with it.
    case 'MetaData':
      return isInFunction(call.evaluation.environment) ? METADATA : DECLARED_METADATA;
    case 'inspect':
    case 'make_url':
      return PYTHON;
    case 'alembic.op.execute':
      migrationSql(call);
      return PYTHON;
    case 'alembic.op.get_bind':
      return { kind: 'connection', async: false };
    // What it changes of a text is white space.
    case 'textwrap.dedent':
    // Entered, it gives what it will close.
    case 'contextlib.closing':
    case 'contextlib.aclosing':
      return first?.value ?? PYTHON;
    case 'flask_sqlalchemy.SQLAlchemy':
      return flaskExtension;
    default: {
      const made =
        composableOf(name, call) ??
        batchCall(name, call) ??
        itertoolsCall(call, name) ??
        classType(call, name) ??
        pythonCall(call, name);
      if (made !== null) return made;
      const isKnown = name.includes('.') && !dialectFunction.test(name);
      return isKnown ? PYTHON : unknownSql(notUnderstood(name, call));
    }
  }
}

/** What a dialect of SQLAlchemy gives besides classes: its constructs, and `dialect()`. */
const dialectFunction = /^(?:postgresql|mysql|mariadb|sqlite|oracle|mssql)\.(?!dialect$)[a-z]/;

function isInFunction({ parent }: Environment): boolean {
  return parent !== null;
}

function columnList(given: Located, from: FromElement): Value {
  return { kind: 'list', elements: columnsOf(from).map(each => ({ ...given, value: element(each) })) };
}

/** `dict([("a", 1), …])`; null where the pairs are not known. */
function pairsOf(value: Value | undefined): Value | null {
  if (value?.kind !== 'list') return null;
  const entries = value.elements.flatMap(({ value: pair }) => {
    const [key, item, more] = pair.kind === 'list' ? pair.elements : [];
    return key === undefined || item === undefined || more !== undefined ? [] : [{ key, value: item }];
  });
  return entries.length === value.elements.length ? { kind: 'dict', entries } : null;
}

function dynamicAttribute(call: Call): Value {
  const [owner, name] = call.arguments.positional;
  if (owner === undefined || name === undefined) return PYTHON;
  if (name.value.kind === 'constant' && typeof name.value.value === 'string') {
    return call.evaluation.attribute(call.evaluation, owner.value, name.value.value, call.node);
  }
  if (owner.value.kind === 'entity' && name.value.kind === 'python') {
    const picked = oneAttributeOf(owner.value.model, name.value.among ?? [], call);
    if (picked !== null) return call.evaluation.attribute(call.evaluation, owner.value, picked, call.node);
  }
  if (
    owner.value.kind !== 'entity' &&
    owner.value.kind !== 'columns' &&
    owner.value.kind !== 'from' &&
    owner.value.kind !== 'unknown'
  )
    return PYTHON;
  return unknownSql(
    unknownAt('dynamic-attribute', 'The attribute is picked while the program runs.', call.at),
  );
}

/** Of the names that a `Literal` lists: those that the class does not have are kept from it by the code around. */
function oneAttributeOf({ attributes }: Model, among: readonly string[], call: Call): string | null {
  const names = among.filter(name => attributes.some(each => each.name === name));
  if (names.length === 0 || names.length > FORM_LIMIT) return null;
  return names[call.evaluation.choices.choose(names.length)] ?? null;
}

function notUnderstood(name: string, { at }: Call): Unknown {
  return name === 'automap_base'
    ? unknownAt('unresolved-model', 'Its classes are made of the tables that the database has.', at)
    : unknownAt('unsupported-construct', `${name}(…) is not understood.`, at);
}
