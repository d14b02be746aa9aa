/** A statement that Python code builds, as the SQL that SQLAlchemy would send to PostgreSQL. */
import type { GivenValue } from './given-value.ts';
import type { SourceLocation } from './model.ts';
import type { RawBind, RawExecution, RawHole, RawSqlSender } from './raw-sql.ts';

export type StatementKind =
  | 'select'
  | 'insert'
  | 'update'
  | 'delete'
  | 'compound'
  | 'text'
  | 'query'
  | 'values';

export interface StatementFact {
  readonly kind: StatementKind;
  /** The outermost expression that builds it. */
  readonly location: SourceLocation;
  /** One for each combination of branches that builds it, bounded in number; empty where it is unknown. */
  readonly forms: readonly RenderedStatement[];
  /** Why it could not be rendered, or not with all columns; null where every form was. */
  readonly unknown: Unknown | null;
  /** Of SQL that stands in the code as text: each form as it is written, also one that is not known whole. */
  readonly raw: readonly RawSql[];
  /** A function gives it to its callers, or to a helper that groups, who may go on with it: what it lacks may be added there. */
  readonly returned: boolean;
}

export interface RenderedStatement {
  /** PostgreSQL dialect with `$1…$n`. */
  readonly sql: string;
  readonly parameters: readonly StatementParameter[];
  /** In order of `sqlStart`; inner pieces follow the outer piece that holds them. */
  readonly map: readonly SourceMapEntry[];
  /** A table in it that the workspace declares with other columns: no schema of today says anything of the statement. */
  readonly unlikeDeclared?: string;
  /** A mapped class that it lists may have more columns than are known. */
  readonly mayListMore?: Unknown;
}

/** A statement that is sent besides, to load a relationship of the objects that the first one gives. */
export interface SeparateLoad {
  /** From a class that the statement lists: `User.orders`, `User.orders → Order.items`. */
  readonly path: string;
  /** How it is loaded: keys in a list, the first statement as a subquery, or one statement an object. */
  readonly strategy: 'selectin' | 'subquery' | 'immediate';
  /** Null where it is not known; then `unknown` says why. */
  readonly statement: RenderedStatement | null;
  readonly unknown: Unknown | null;
}

/** One form of SQL that stands in the code as text. */
export interface RawSql extends RawSqlSender {
  /** With `$n` in the place of parameters, and a name in the place of each hole. */
  readonly form: RenderedStatement;
  readonly binds: readonly RawBind[];
  /** What is only known while the program runs. */
  readonly holes: readonly RawHole[];
  readonly executions: readonly RawExecution[];
}

export interface StatementParameter {
  /** 1-based, as in `$1`. */
  readonly position: number;
  /** SQLAlchemy's name for it, such as `id_1`. */
  readonly name: string;
  /** The Python expression that gives the value, where there is one. */
  readonly location: SourceLocation | null;
  /** SQLAlchemy's type of the bind, as far as known: `Integer`, `String`. */
  readonly type: string | null;
  /** PostgreSQL's name of that type, as DDL writes it. */
  readonly sqlType: string | null;
  /** The value that the code gives for it, where it is one of Python's. */
  readonly given: GivenValue | null;
}

/** A piece of the SQL and the Python expression that made it. */
export interface SourceMapEntry {
  readonly sqlStart: number;
  readonly sqlEnd: number;
  readonly location: SourceLocation;
}

/** Reasons why something cannot be known: a closed list, counted and shown as coverage. */
export type UnknownReason =
  | 'unresolved-name'
  | 'unresolved-model'
  | 'dynamic-attribute'
  | 'dynamic-sql'
  | 'dynamic-arguments'
  | 'from-caller'
  | 'from-library'
  | 'unsupported-construct'
  | 'too-large'
  | 'unreadable-source';

export interface Unknown {
  readonly reason: UnknownReason;
  /** One sentence for a person: what was not understood. */
  readonly detail: string;
  readonly location: SourceLocation | null;
}

/** The narrowest entry of the map whose SQL holds the given offset of the SQL, or null. */
export function sourceAt(statement: RenderedStatement, sqlOffset: number): SourceMapEntry | null {
  let best: SourceMapEntry | null = null;
  for (const entry of statement.map) {
    if (entry.sqlStart > sqlOffset || sqlOffset >= entry.sqlEnd) continue;
    if (best === null || width(entry) <= width(best)) best = entry;
  }
  return best;
}

function width(entry: { readonly sqlStart: number; readonly sqlEnd: number }): number {
  return entry.sqlEnd - entry.sqlStart;
}
