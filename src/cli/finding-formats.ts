/** Findings as text, as the versioned JSON of the contract, as SARIF 2.1.0 and as GitHub's workflow commands. */
import { counted } from '../base/counted.ts';
import type { Coverage } from '../features/checking/coverage.ts';
import type { UncheckedReason } from '../features/checking/unchecked-reasons.ts';
import { type FindingReport, findingReport } from '../features/reports/finding-report.ts';
import type { ReportedRange } from '../features/reports/places.ts';
import type { Finding } from '../rules/finding.ts';
import { rules } from '../rules/registry.ts';
import { printedPlaces } from './located.ts';
import { version } from './version.ts';

export interface CheckReport {
  readonly files: number;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** Why statements were not checked, the reason of most first. */
  readonly reasons: readonly UncheckedReason[];
  /** Why statements that could be judged were not, as a clause; null where all were. */
  readonly unjudged: string | null;
}

export type FindingFormat = 'text' | 'json' | 'sarif' | 'github';

export function formatFindings(
  format: FindingFormat,
  report: CheckReport,
  textOf: (path: string) => string | undefined,
): string {
  const places = printedPlaces(textOf);
  const located = report.findings.map(finding => findingReport(finding, places));
  switch (format) {
    case 'text':
      return asText(located, report);
    case 'json':
      return asJson(located, report);
    case 'sarif':
      return asSarif(located, report);
    case 'github':
      return [...located.filter(isShown).map(asGithub), ...unjudgedForGithub(report)].join('');
  }
}

/** Hints ask for nothing: programs get them, people and pull requests do not. */
function isShown({ severity }: FindingReport): boolean {
  return severity !== 'hint';
}

function asText(located: readonly FindingReport[], report: CheckReport): string {
  const shown = located.filter(isShown);
  const lines = shown.map(({ rule, severity, message, file, range, fix }) => {
    const mark = fix === null ? '' : ' [fix]';
    return `${file}:${range.start.line}:${range.start.column} ${severity} ${rule}: ${message}${mark}\n`;
  });
  const { statements, sql, migrations } = report.coverage;
  const hints = located.length - shown.length;
  const more = hints === 0 ? '' : ` and ${counted(hints, 'hint')} (--format json lists them)`;
  const count = `${counted(shown.length, 'finding')}${more}`;
  const coverage = `${statements.checked}/${statements.total} statements, ${sql.checked}/${sql.total} raw SQL, ${migrations.checked}/${migrations.total} migrations checked`;
  return `${lines.join('')}${count} in ${report.files} files (${report.durationMs} ms); ${coverage}\n${uncheckedText(report.reasons)}`;
}

const namedReasons = 4;

function uncheckedText(reasons: readonly UncheckedReason[]): string {
  if (reasons.length === 0) return '';
  const countOf = (some: readonly UncheckedReason[]) =>
    some.reduce((sum, { statements }) => sum + statements, 0);
  const named = reasons.slice(0, namedReasons);
  const rest = countOf(reasons.slice(namedReasons));
  const lines = named.map(({ reason, statements, others }) => {
    const more = others === 0 ? '' : ` And ${others} more like it.`;
    return `  ${statements}: ${reason}${more}\n`;
  });
  const other = rest === 0 ? '' : `  ${rest}: other reasons\n`;
  const all = countOf(reasons);
  return `${all} not checked, which is no pass (dbpatterns statements lists them):\n${lines.join('')}${other}`;
}

function asJson(located: readonly FindingReport[], report: CheckReport): string {
  const { files, durationMs, coverage, reasons, unjudged } = report;
  const printed = { version: 1, files, durationMs, findings: located, coverage, reasons, unjudged };
  return `${JSON.stringify(printed, null, 2)}\n`;
}

const sarifLevels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

function asSarif(located: readonly FindingReport[], { unjudged }: CheckReport): string {
  const driver = {
    name: 'dbpatterns',
    version: version(),
    rules: rules.map(rule => ({
      id: rule.id,
      shortDescription: { text: rule.documentation.summary },
      help: { text: rule.documentation.instead },
    })),
  };
  const results = located.map(({ rule, severity, message, file, range }) => ({
    ruleId: rule,
    level: sarifLevels[severity],
    message: { text: message },
    locations: [
      { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: sarifRegion(range) } },
    ],
  }));
  const toolExecutionNotifications =
    unjudged === null ? [] : [{ level: 'error', message: { text: unjudged } }];
  const invocations = [{ executionSuccessful: unjudged === null, toolExecutionNotifications }];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, invocations, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function sarifRegion({ start, end }: ReportedRange) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

const githubLevels = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

function asGithub({ rule, severity, message, file, range }: FindingReport): string {
  const { start, end } = range;
  const place = `file=${escaped(file)},line=${start.line},col=${start.column},endLine=${end.line},endColumn=${end.column}`;
  return `::${githubLevels[severity]} ${place},title=${rule}::${escaped(message)}\n`;
}

function unjudgedForGithub({ unjudged }: CheckReport): readonly string[] {
  return unjudged === null ? [] : [`::error title=dbpatterns::${escaped(unjudged)}\n`];
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll(',', '%2C');
}
