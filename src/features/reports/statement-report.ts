/** What is told of a statement: its place, the SQL that would be sent, or why that is not known. */
import type { StatementFact } from '../../sqlalchemy/statement.ts';
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
}

/** One entry a form; a statement without any form is one entry with its reason. */
export function statementReports(statement: StatementFact, places: Places): readonly StatementReport[] {
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
  if (statement.forms.length === 0) return [{ ...place, sql: null, parameters: [], unknown, detail }];
  return statement.forms.map(form => ({
    ...place,
    sql: form.sql,
    parameters: form.parameters.map(({ position, name, type }) => ({ position, name, type })),
    unknown,
    detail,
  }));
}
