/** SQL text under a cursor: what statements are known to send, and what by its call or its words is meant to be sent. */
import { touches } from '../../base/range.ts';
import { argumentAround } from '../../python/argument-at.ts';
import { lastName } from '../../python/last-name.ts';
import type { StringLiteral, SyntaxNode } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import type { FileFacts, SourceFile } from '../project.ts';
import type { RawSql } from '../statement.ts';
import { startsStatement } from '../statements/sql-words.ts';
import type { ColumnOwner, SqlPlace } from './name-place.ts';
import { placedForm, placedLiteral, rawIn } from './placed-strings.ts';

/** `path` leads to the literal. Null where it is not surely SQL. */
export function sqlPlace(
  file: SourceFile,
  facts: FileFacts,
  path: readonly SyntaxNode[],
  literal: StringLiteral,
  offset: number,
): SqlPlace | null {
  const placed = placedLiteral(literal, offset);
  if (placed === null) return null;
  const raw = rawIn(facts, file.path, literal);
  const owner = ownerAround(facts, offset);
  if (raw !== null) {
    const sql = placedForm(raw, file.path, literal, offset) ?? placed;
    return { kind: 'sql', sql, of: startsStatement(sql.text) ? null : owner, parameters: keysOf(raw) };
  }
  const sent = isSent(path, facts, placed.text);
  if (sent === null) return null;
  const of = sent === 'expression' && !startsStatement(placed.text) ? owner : null;
  return { kind: 'sql', sql: placed, of, parameters: new Map() };
}

function keysOf({ executions }: RawSql): ReadonlyMap<string, SourceLocation> {
  const keys = new Map<string, SourceLocation>();
  for (const { values } of executions)
    if (values?.kind === 'named')
      for (const [name, { location }] of values.values) if (!keys.has(name)) keys.set(name, location);
  return keys;
}

/** The model whose class statement or table call is around. */
export function ownerAround(facts: FileFacts, offset: number): ColumnOwner | null {
  const model = facts.models.findLast(({ location: { range } }) => touches(range, offset));
  return model ? { kind: 'model', model } : null;
}

/** Functions that take a piece of SQL, by SQLAlchemy's names. */
const expressionCalls = new Set(
  ['text', 'literal_column', 'CheckConstraint', 'DDL', 'Computed'].map(name => `sqlalchemy.${name}`),
);

/** Methods that take a statement, whatever object they are called on. */
const sendingMethods = new Set(
  'execute executemany exec_driver_sql executescript fetch fetchrow fetchval fetchmany fetchall fetch_all fetch_one fetch_val stream scalar scalars mogrify copy_expert prepare read_sql read_sql_query'.split(
    ' ',
  ),
);

function isSent(
  path: readonly SyntaxNode[],
  facts: FileFacts,
  text: string,
): 'statement' | 'expression' | null {
  const place = argumentAround(path);
  const name = place && facts.meaningOf(place.call.function);
  const parameter = place?.argument.keyword?.id ?? place?.position;
  if (name?.kind === 'library') {
    const isSql = parameter === 0 || parameter === 'sqltext' || parameter === 'text';
    if (expressionCalls.has(name.name)) return isSql ? 'expression' : null;
    if (name.name === 'alembic.op.execute') return isSql ? 'statement' : null;
    if (name.name.startsWith('sqlalchemy.') && !name.name.includes('read_sql')) return null;
  }
  const method = place && lastName(place.call.function);
  if (method !== null && sendingMethods.has(method) && (parameter === 0 || parameter === 'query'))
    return startsStatement(text) || isFirstWord.test(text) ? 'statement' : null;
  if (place === null && path.at(-2)?.kind === 'expression') return null;
  return place === null && writtenAsSql.test(text) ? 'statement' : null;
}

const isFirstWord = /^\s*\w*$/;

/** Keywords in capitals: prose begins with one at most. */
const writtenAsSql =
  /^\s*(?:SELECT\s[\s\S]*\sFROM\b|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\s|WITH\s+(?:RECURSIVE\s+)?\w+\s+AS\s*\()/;
