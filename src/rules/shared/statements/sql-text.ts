/** What rules about SQL text have in common: its words and literals, and the way from an offset of it to the source. */
import { contains, type TextRange } from '../../../base/range.ts';
import type { SqlToken } from '../../../sql/parser.ts';
import type { RawBind } from '../../../sqlalchemy/raw-sql.ts';
import { type RawSql, type SourceMapEntry, sourceAt } from '../../../sqlalchemy/statement.ts';
import type { AssumedDrivers, FileContext, SqlSubject } from '../../rule.ts';

/** A token's text in lower case. */
export function wordOf({ raw }: SqlSubject, token: SqlToken | undefined): string {
  return token === undefined ? '' : raw.form.sql.slice(token.start, token.end).toLowerCase();
}

/** The literal that an offset lies inside of, or null. */
export function literalAround(subject: SqlSubject, offset: number): SqlToken | null {
  return literalsOf(subject).find(({ start, end }) => start < offset && offset < end) ?? null;
}

const literals = new WeakMap<readonly SqlToken[], readonly SqlToken[]>();

function literalsOf({ tokens }: SqlSubject): readonly SqlToken[] {
  const known = literals.get(tokens) ?? tokens.filter(({ name }) => name === 'SCONST');
  literals.set(tokens, known);
  return known;
}

/** Parameters that are really such, with the index of their token: `$1` of whatever style, outside of literals. */
export function parameterTokens({
  tokens,
}: SqlSubject): readonly { readonly index: number; readonly token: SqlToken }[] {
  return tokens.flatMap((token, index) => (token.name === 'PARAM' ? [{ index, token }] : []));
}

/** The parameter at a token; none for `$1` that is written so. */
export function bindAt({ raw }: SqlSubject, token: TextRange): RawBind | undefined {
  // In the order of the text: there may be thousands.
  let [low, high] = [0, raw.binds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((raw.binds[middle]?.sqlEnd ?? 0) < token.end) low = middle + 1;
    else high = middle;
  }
  const bind = raw.binds[low];
  return bind && bind.sqlStart <= token.start && token.end <= bind.sqlEnd ? bind : undefined;
}

/** As the code writes it: `:name`, `%(name)s`, `$1`. */
export function writtenBind({ raw }: SqlSubject, token: TextRange, bind: RawBind | undefined): string {
  if (bind === undefined) return raw.form.sql.slice(token.start, token.end);
  switch (raw.style) {
    case 'pyformat':
      return /^\d/.test(bind.name) ? '%s' : `%(${bind.name})s`;
    case 'qmark':
      return '?';
    default:
      return `:${bind.name}`;
  }
}

/**
 * The source of a range of the SQL where it is one stretch of this file; null where a part of it was written elsewhere
 * or made while the text was put together.
 */
export function sourceOf({ raw }: SqlSubject, range: TextRange, { file }: FileContext): TextRange | null {
  const [first, last] = [
    sourceAt(raw.form, range.start),
    sourceAt(raw.form, Math.max(range.start, range.end - 1)),
  ];
  if (!first || !last || first.location.path !== file.path || last.location.path !== file.path) return null;
  const start = offsetIn(first, range.start, raw, file.text) ?? first.location.range.start;
  const end = offsetIn(last, range.end, raw, file.text) ?? last.location.range.end;
  return start <= end ? { start, end } : null;
}

/** Null where the source reads otherwise than the SQL: an escape, a parameter. */
function offsetIn(
  { location, sqlStart, sqlEnd }: SourceMapEntry,
  offset: number,
  { form }: RawSql,
  text: string,
): number | null {
  const same = text.slice(location.range.start, location.range.end) === form.sql.slice(sqlStart, sqlEnd);
  return same ? location.range.start + offset - sqlStart : null;
}

/** Where to report something of the SQL: its own place, else the statement that uses it. */
export function reportAt(subject: SqlSubject, range: TextRange, context: FileContext): TextRange {
  const place = sourceOf(subject, range, context);
  const { location } = subject.statement;
  return place !== null && place.end > place.start ? place : location.range;
}

/** Values that calls hand over: `all` of the calls that were seen, on any path, or null where one of them is not known. */
export function passedNames({ statement }: SqlSubject, at: TextRange): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const { executions } of statement.raw) {
    for (const { location, values } of executions) {
      if (!contains(location.range, at) && location.range.start !== at.start) continue;
      if (values?.kind !== 'named') return null;
      for (const name of values.values.keys()) names.add(name);
    }
  }
  return names;
}

/** Names that some call passes or `bindparams()` gives: surely meant as parameters. */
export function isPassed({ raw }: SqlSubject, bind: RawBind): boolean {
  return (
    bind.bound ||
    raw.executions.some(({ values }) => values?.kind === 'named' && values.values.has(bind.name))
  );
}

/** Whether some call that sends it hides its values. */
export function hidesValues({ raw }: SqlSubject): boolean {
  return raw.executions.length === 0 || raw.executions.some(({ values }) => values === null);
}

/** psycopg2 and pg8000's older interface put values into the text: parameters may stand where a literal may. */
export function mayBindInClient({ names }: AssumedDrivers): boolean {
  return names.has('psycopg2');
}

const sources: Readonly<Record<AssumedDrivers['from'], string>> = {
  call: '',
  engine: ', as the engine’s URL says',
  configuration: ', as the configuration says',
  default: ', SQLAlchemy 2.1’s own choice, since no URL names a driver',
};

/** `asyncpg (as the engine’s URL says)`: who sends the statement, and how that is known. */
export function driverWords({ names, from }: AssumedDrivers): string {
  return `${[...names].join(' or ')}${sources[from]}`;
}
