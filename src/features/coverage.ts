/** How much was checked: what was not must never read as a pass. */
import type { StatementFact } from '../sqlalchemy/statement.ts';

export interface CoverageCount {
  readonly total: number;
  readonly checked: number;
  readonly unknown: number;
}

export interface Coverage {
  /** Statements that expressions build. */
  readonly statements: CoverageCount;
  /** Raw SQL in `text()` and its kin. */
  readonly sql: CoverageCount;
  /** Revisions. */
  readonly migrations: CoverageCount;
}

/** What is counted of a file's check. */
export interface CoveredFile {
  readonly statements: readonly {
    readonly statement: Pick<StatementFact, 'kind'>;
    readonly unknown: string | null;
  }[];
}

export function coverageOf(checks: readonly CoveredFile[], migrations: CoverageCount): Coverage {
  const judged = checks.flatMap(check => check.statements);
  const count = (raw: boolean): CoverageCount => {
    const some = judged.filter(each => (each.statement.kind === 'text') === raw);
    const unknown = some.filter(each => each.unknown !== null).length;
    return { total: some.length, checked: some.length - unknown, unknown };
  };
  return { statements: count(false), sql: count(true), migrations };
}
