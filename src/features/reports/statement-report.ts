/** What is told of a statement: its place, the SQL that would be sent, or why that is not known. */
import type { SeparateLoad, StatementFact } from '../../sqlalchemy/statement.ts';
import type { Places } from './places.ts';

export interface StatementReport {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly kind: string;
  readonly sql: string | null;
  readonly parameters: readonly {
    readonly position: number;
    readonly name: string;
    readonly type: string | null;
  }[];
  /** A reason out of a closed list. */
  readonly unknown: string | null;
  /** The same as a sentence. */
  readonly detail: string | null;
  /** What is sent besides to load relationships. */
  readonly loads: readonly LoadReport[];
}

export interface LoadReport {
  /** From a class that the statement lists: `User.orders`. */
  readonly path: string;
  readonly strategy: SeparateLoad['strategy'];
  readonly sql: string | null;
  readonly detail: string | null;
}

/** One entry a form; a statement without any form is one entry with its reason. */
export function statementReports(
  statement: StatementFact,
  places: Places,
  separate: readonly SeparateLoad[],
): readonly StatementReport[] {
  const { path, range } = statement.location;
  const { start, end } = places.range(path, range);
  const place = {
    file: places.file(path),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    kind: statement.kind,
  };
  const unknown = statement.unknown?.reason ?? null;
  const detail = statement.unknown?.detail ?? null;
  const loads = separate.map(({ path: way, strategy, statement: sent, unknown: reason }) => ({
    path: way,
    strategy,
    sql: sent?.sql ?? null,
    detail: reason?.detail ?? null,
  }));
  if (statement.forms.length === 0) return [{ ...place, sql: null, parameters: [], unknown, detail, loads }];
  return statement.forms.map(form => ({
    ...place,
    sql: form.sql,
    parameters: form.parameters.map(({ position, name, type }) => ({ position, name, type })),
    unknown,
    detail,
    loads,
  }));
}
