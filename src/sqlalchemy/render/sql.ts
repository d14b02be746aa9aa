/** SQL under construction: nested pieces that know where they came from, flattened once at the end. */
import type { GivenValue } from '../given-value.ts';
import type { SourceLocation } from '../model.ts';
import type { RenderedStatement, SourceMapEntry, StatementParameter } from '../statement.ts';

export type Sql = string | readonly Sql[] | MappedSql | ParameterSql | NotedSql;

export interface MappedSql {
  readonly kind: 'mapped';
  readonly location: SourceLocation;
  readonly sql: Sql;
}

/** Says where it came to stand. */
export interface NotedSql {
  readonly kind: 'noted';
  readonly sql: Sql;
  readonly note: (range: SqlRange) => void;
}

export interface SqlRange {
  readonly sqlStart: number;
  readonly sqlEnd: number;
}

/** A parameter's place. Equal objects get equal numbers. */
export interface ParameterSql {
  readonly kind: 'parameter';
  readonly parameter: Parameter;
}

export interface Parameter {
  readonly name: string;
  readonly location: SourceLocation | null;
  readonly type: string | null;
  readonly sqlType: string | null;
  readonly given: GivenValue | null;
}

export function mapped(location: SourceLocation | null, sql: Sql): Sql {
  return location === null ? sql : { kind: 'mapped', location, sql };
}

export function noted(sql: Sql, note: NotedSql['note']): Sql {
  return { kind: 'noted', sql, note };
}

export function joined(pieces: readonly Sql[], separator: string): Sql {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]));
}

/** Numbers the parameters in the order of the text, and turns nesting into offsets. */
export function flattened(sql: Sql): RenderedStatement {
  const state: Flattening = { text: [], length: 0, parameters: new Map(), list: [], map: [] };
  append(state, sql);
  return { sql: state.text.join(''), parameters: state.list, map: state.map };
}

interface Flattening {
  readonly text: string[];
  length: number;
  readonly parameters: Map<Parameter, number>;
  readonly list: StatementParameter[];
  readonly map: SourceMapEntry[];
}

function append(state: Flattening, sql: Sql): void {
  if (typeof sql === 'string') appendText(state, sql);
  else if (!('kind' in sql)) for (const piece of sql) append(state, piece);
  else if (sql.kind === 'parameter') appendText(state, `$${numberOf(state, sql.parameter)}`);
  else if (sql.kind === 'noted') {
    const sqlStart = state.length;
    append(state, sql.sql);
    sql.note({ sqlStart, sqlEnd: state.length });
  } else appendMapped(state, sql);
}

function appendMapped(state: Flattening, sql: MappedSql): void {
  const index = state.map.length;
  const start = state.length;
  // The outer entry comes before those inside it; its end is known only after them.
  state.map.push({ sqlStart: start, sqlEnd: start, location: sql.location });
  append(state, sql.sql);
  state.map[index] = { sqlStart: start, sqlEnd: state.length, location: sql.location };
}

function appendText(state: Flattening, text: string): void {
  state.text.push(text);
  state.length += text.length;
}

function numberOf(state: Flattening, parameter: Parameter): number {
  const known = state.parameters.get(parameter);
  if (known !== undefined) return known;
  const position = state.list.length + 1;
  state.parameters.set(parameter, position);
  state.list.push({ position, ...parameter });
  return position;
}
