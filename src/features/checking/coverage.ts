/** How much was checked: what was not must never read as a pass. */
import type { StatementFact } from '../../sqlalchemy/statement.ts';

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
  const counted = checks.map(countsOf);
  return {
    statements: sumOf(counted.map(each => each.statements)),
    sql: sumOf(counted.map(each => each.sql)),
    migrations,
  };
}

type Counts = Pick<Coverage, 'statements' | 'sql'>;

/** After an edit most checks are those that were counted before. */
const known = new WeakMap<CoveredFile['statements'], Counts>();

function countsOf({ statements }: CoveredFile): Counts {
  const counts = known.get(statements) ?? {
    statements: countOf(statements.filter(({ statement }) => statement.kind !== 'text')),
    sql: countOf(statements.filter(({ statement }) => statement.kind === 'text')),
  };
  known.set(statements, counts);
  return counts;
}

function countOf(statements: CoveredFile['statements']): CoverageCount {
  const unknown = statements.filter(each => each.unknown !== null).length;
  return { total: statements.length, checked: statements.length - unknown, unknown };
}

function sumOf(counts: readonly CoverageCount[]): CoverageCount {
  const sum = { total: 0, checked: 0, unknown: 0 };
  for (const { total, checked, unknown } of counts) {
    sum.total += total;
    sum.checked += checked;
    sum.unknown += unknown;
  }
  return sum;
}
