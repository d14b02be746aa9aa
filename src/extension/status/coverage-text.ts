/** The words for the workspace's coverage. */
import { counted } from '../../base/counted.ts';
import type { CoverageSummary } from '../../protocol/coverage.ts';

export interface CoverageText {
  /** `SQL 31/34 checked`. */
  readonly short: string;
  readonly long: string;
  readonly busy: boolean;
}

export function coverageText(summary: CoverageSummary): CoverageText {
  const { total, checked, unknown } = summary.statements;
  if (summary.state === 'reading') {
    return { short: 'SQL: reading…', long: 'Database Patterns reads the workspace.', busy: true };
  }
  const { building } = summary;
  if (building !== null) {
    const long = `The schema that PostgreSQL judges by is built: ${building.done} of ${building.total} statements have run.`;
    return { short: `SQL: schema ${Math.floor((100 * building.done) / building.total)} %`, long, busy: true };
  }
  if (total === 0 && summary.problem === null) {
    const files = `${counted(summary.files, 'file')} of Python and SQL`;
    return summary.state === 'checking'
      ? {
          short: 'SQL: checking…',
          long: `Database Patterns checks ${files}; no SQL was found so far.`,
          busy: true,
        }
      : { short: 'No SQL found', long: `No SQL was found in ${files}.`, busy: false };
  }
  const lines = [
    `${checked} of ${total} statements in ${summary.files} files were checked${summary.judge === null ? ' by rules only' : ` by ${summary.judge}`}.`,
    unknown === 0 ? '' : `${unknown} could not be read as SQL. Click for the reasons.`,
    summary.problem ?? '',
  ];
  return {
    short: `SQL ${checked}/${total} checked`,
    long: lines.filter(line => line !== '').join('\n'),
    busy: summary.state === 'checking',
  };
}
