/**
 * What a name refers to: something of a library that is known here by a short name, a class, function or
 * variable of the workspace, or nothing that can be followed. The only place that knows libraries' module paths.
 */
import type {
  Assignment,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  TypeAlias,
} from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { enterSite, maximumDepth, type Site } from './site.ts';

export type Reference =
  /**
   * SQLAlchemy's names without their modules (`mapped_column`, `postgresql.JSONB`, `func.now`); names of other
   * libraries with theirs (`typing.Optional`, `sqlmodel.Field`, `builtins.int`).
   */
  | { readonly kind: 'library'; readonly name: string }
  | {
      readonly kind: 'class';
      readonly qualifiedName: string;
      readonly file: SourceFile;
      readonly node: ClassDefinition;
    }
  | {
      readonly kind: 'function';
      readonly qualifiedName: string;
      readonly file: SourceFile;
      readonly node: FunctionDefinition;
    }
  | {
      readonly kind: 'variable';
      readonly qualifiedName: string;
      readonly file: SourceFile;
      readonly node: Assignment;
    }
  | {
      readonly kind: 'type-alias';
      readonly qualifiedName: string;
      readonly file: SourceFile;
      readonly node: TypeAlias;
    }
  | { readonly kind: 'unknown' };

const unknown: Reference = { kind: 'unknown' };

/** Follows imports, re-exports and aliases. Variables are not followed to their values: see `followReference`. */
export function referenceOf(expression: Expression, site: Site): Reference {
  if (expression.kind === 'name') {
    const bound = site.locals.get(expression.id);
    if (bound?.kind === 'expression') return referenceOf(bound.expression, bound.site);
    if (bound?.kind === 'class') return referenceOfName(bound.qualifiedName, site);
    if (bound) return unknown;
  }
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return unknown;
  const qualifiedName = site.names.qualify(expression, site.file);
  if (qualifiedName !== null) return referenceOfName(qualifiedName, site);
  return expression.kind === 'attribute'
    ? memberOfExtension(expression.value, expression.attribute.id, site)
    : unknown;
}

/** By the resolver's answers. */
const known = new WeakMap<object, Map<string, Reference>>();

/** Deeper than this, where code that calls itself may have been cut short, nothing is kept. */
const keptDepth = 2;

export function referenceOfName(qualifiedName: string, site: Site): Reference {
  const { answers } = site.names;
  if (answers === null) return findReference(qualifiedName, site);
  const references = known.get(answers) ?? new Map<string, Reference>();
  known.set(answers, references);
  const found = references.get(qualifiedName);
  if (found !== undefined) return found;
  const reference = findReference(qualifiedName, site);
  if (site.depth <= keptDepth) references.set(qualifiedName, reference);
  return reference;
}

function findReference(qualifiedName: string, site: Site): Reference {
  const definition = site.names.definitionOf(qualifiedName);
  if (definition) {
    const kind = definition.kind === 'assignment' ? 'variable' : definition.kind;
    // Most ask what it is, and no further: see `Definition`.
    return {
      kind,
      qualifiedName,
      get file() {
        return definition.file;
      },
      get node() {
        return definition.node;
      },
    } as Reference;
  }
  const library = libraryName(qualifiedName);
  const dot = qualifiedName.lastIndexOf('.');
  // What a declared name of a package has for members is not told by their name.
  if (library !== null && site.names.definitionOf(qualifiedName.slice(0, Math.max(0, dot))) === null)
    return { kind: 'library', name: library };
  if (dot < 0) return unknown;
  const owner = referenceOfName(qualifiedName.slice(0, dot), site);
  // Behind `db`, namespaces such as `db.func` go on.
  if (owner.kind === 'library' && (owner.name === 'func' || owner.name.startsWith('func.'))) {
    return { kind: 'library', name: `${owner.name}.${qualifiedName.slice(dot + 1)}` };
  }
  return isFlaskExtension(owner, site) ? flaskMember(qualifiedName.slice(dot + 1)) : unknown;
}

/** As `referenceOf`, and on through `name = other` until something else is found. */
export function followReference(expression: Expression, site: Site): Reference {
  const reference = referenceOf(expression, site);
  if (reference.kind !== 'variable' || site.depth >= maximumDepth) return reference;
  const value = reference.node.value;
  if (value?.kind !== 'name' && value?.kind !== 'attribute') return reference;
  const followed = followReference(value, enterSite(site, reference.file));
  return followed.kind === 'unknown' ? reference : followed;
}

/** The library name that a call's function has, or null. */
export function calleeName(expression: Expression, site: Site): string | null {
  if (expression.kind !== 'call') return null;
  const reference = followReference(expression.function, site);
  return reference.kind === 'library' ? reference.name : null;
}

function memberOfExtension(owner: Expression, member: string, site: Site): Reference {
  return isFlaskExtension(referenceOf(owner, site), site) ? flaskMember(member) : unknown;
}

/** True for `db = SQLAlchemy(…)` and for that of a subclass, whose attributes are SQLAlchemy's own names. */
export function isFlaskExtension(reference: Reference, site: Site): boolean {
  if (reference.kind !== 'variable' || reference.node.value?.kind !== 'call' || site.depth >= maximumDepth)
    return false;
  const inside = enterSite(site, reference.file);
  return isFlaskExtensionClass(followReference(reference.node.value.function, inside), inside);
}

/** True for Flask-SQLAlchemy's `SQLAlchemy`, and for classes of the workspace that inherit from it. */
export function isFlaskExtensionClass(reference: Reference, site: Site): boolean {
  if (reference.kind === 'library') return reference.name === 'flask_sqlalchemy.SQLAlchemy';
  if (reference.kind !== 'class' || site.depth >= maximumDepth) return false;
  const home = enterSite(site, reference.file);
  return reference.node.arguments.some(
    each => each.keyword === null && isFlaskExtensionClass(followReference(each.value, home), home),
  );
}

function flaskMember(member: string): Reference {
  const own = member === 'Model' || member === 'session' || member === 'engine' || member === 'metadata';
  return { kind: 'library', name: own ? `flask_sqlalchemy.${member}` : member };
}

const sqlModelOwnNames = new Set([
  'SQLModel',
  'Field',
  'Relationship',
  'Session',
  'select',
  'col',
  'AutoString',
  'main',
]);
const otherLibraries = new Set(
  `typing typing_extensions collections builtins datetime zoneinfo json decimal uuid enum abc dataclasses os re pydantic
  pydantic_core pydantic_settings flask_sqlalchemy ipaddress functools pgvector geoalchemy2 sqlalchemy_utils advanced_alchemy
  strenum string pathlib types alembic asyncpg psycopg psycopg_pool psycopg2 aiosqlite textwrap contextlib time secrets multiprocessing concurrent httpx requests aiohttp smtplib asyncio
  random itertools more_itertools`.split(/\s+/),
);

/** Null for names outside the libraries that the readers know anything about. */
export function libraryName(qualifiedName: string): string | null {
  const parts = qualifiedName.split('.');
  const last = parts[parts.length - 1] ?? '';
  switch (parts[0]) {
    case 'sqlalchemy':
      return parts.length < 2 ? null : sqlAlchemyName(parts, last);
    case 'sqlmodel':
      return sqlModelOwnNames.has(last) || last.startsWith('_') ? `sqlmodel.${last}` : last;
    case 'flask_sqlalchemy':
      return `flask_sqlalchemy.${last}`;
    case 'typing':
    case 'typing_extensions':
      return `typing.${last}`;
    default:
      return otherLibraries.has(parts[0] ?? '') ? qualifiedName : null;
  }
}

/** Those of the dialect that are `func.…` by another name. */
const postgresqlFunctions = new Set(
  'to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery ts_headline hstore'.split(
    ' ',
  ),
);

function sqlAlchemyName(parts: readonly string[], last: string): string {
  const namespace = parts.lastIndexOf('func');
  if (namespace > 0 && namespace < parts.length - 1) return parts.slice(namespace).join('.');
  // The generic functions that `func` gives stand in this module by themselves.
  if (parts[1] === 'sql' && parts[2] === 'functions' && /^[a-z][a-z_]*$/.test(last) && last !== 'func')
    return `func.${last}`;
  if (parts[1] !== 'dialects' || parts.length < 4) return last;
  return parts[2] === 'postgresql' && postgresqlFunctions.has(last) ? `func.${last}` : `${parts[2]}.${last}`;
}
