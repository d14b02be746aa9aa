/** How a rule says what a statement locks: the mode, whom it keeps waiting, for how long, and on what size of table. */
import type { TableName } from '../../../alembic/directives/operation.ts';
import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import type { Severity } from '../../finding.ts';
import type { Report, ReportedFix, RevisionContext } from '../../rule.ts';
import { blockedBy, type LockFact, type LockFactName, lockFacts, type Work } from './lock-facts.ts';
import { isNewTable } from './new-table.ts';
import type { RevisionSubject } from './revision-subject.ts';

export interface LockReport {
  readonly fact: LockFactName;
  readonly table: TableName;
  /** What is done, as the subject of a sentence: `CREATE INDEX`. */
  readonly what: string;
  /** What PostgreSQL could be spared, or what happens besides; without a full stop. */
  readonly more?: string;
  readonly severity?: Severity;
  readonly fixes?: readonly ReportedFix[];
}

/** Silent on new tables, and where the environment is for another database. */
export function reportLock(
  given: { readonly step: MigrationStep; readonly revision: RevisionSubject },
  report: LockReport,
  context: RevisionContext,
): void {
  const { step, revision } = given;
  if (!locksMatter(revision) || isNewTable(report.table, step, revision)) return;
  context.report(lockFinding(report, step, revision));
}

/** SQLite and others lock in their own ways. */
export function locksMatter({ dialect }: RevisionSubject): boolean {
  return dialect === 'postgresql' || dialect === 'unknown';
}

function lockFinding(report: LockReport, step: MigrationStep, revision: RevisionSubject): Report {
  const severity = isSmall(report.table, revision) ? ('hint' as const) : report.severity;
  return {
    range: step.range,
    message: `${lockSentence(report, lockFacts[report.fact], revision)}${report.more ? `; ${report.more}` : ''}`,
    ...(severity === undefined ? {} : { severity }),
    ...(report.fixes ? { fixes: report.fixes } : {}),
  };
}

function lockSentence({ table, what }: LockReport, fact: LockFact, revision: RevisionSubject): string {
  const name = shownTable(table);
  const version = fact.since === undefined ? '' : ` (PostgreSQL ${fact.since} and later)`;
  const length = fact.work === 'none' ? '' : ` (${sizeNote(table, revision)})`;
  return `${what} takes ${fact.mode} on ${name} and ${workWords[fact.work]}${version}: ${waitWords(fact)}${length}`;
}

const workWords: Readonly<Record<Work, string>> = {
  none: 'is done at once',
  scan: 'reads every row',
  index: 'reads every row to build an index',
  rewrite: 'writes the whole table anew',
};

function waitWords(fact: LockFact): string {
  const until = fact.work === 'none' ? 'until the transaction ends' : 'until it is done';
  switch (blockedBy(fact)) {
    case 'reads and writes':
      return `reads and writes wait ${until}`;
    case 'writes':
      return `writes wait ${until}, reads do not`;
    case 'nobody':
      return 'neither reads nor writes wait';
  }
}

export function shownTable({ schema, name }: TableName): string {
  return schema === null ? name : `${schema}.${name}`;
}

/** A table that is read or written within a moment. */
const smallBytes = 8_000_000;

/** By the settings, or by what its database tells. `table`: null where it is not known which. */
export function isSmall(table: TableName | null, revision: RevisionSubject): boolean {
  if (table === null) return false;
  const size = revision.sizeOf(table);
  return revision.isCalledSmall(table) || (size !== null && size.bytes < smallBytes);
}

export function sizeNote(table: TableName | null, revision: RevisionSubject): string {
  const size = table === null ? null : revision.sizeOf(table);
  if (size === null && table !== null && revision.isCalledSmall(table)) return 'small by the settings';
  if (size === null) return 'its size is not known and taken to be large';
  const rows = size.rows === null ? '' : `about ${size.rows.toLocaleString('en-US')} rows, `;
  return `${rows}${byteSize(size.bytes)} in ${size.database}`;
}

function byteSize(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
