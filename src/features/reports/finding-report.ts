/** What is told of a finding, as the public JSON has it. */
import type { Finding, FixKind, Severity } from '../../rules/finding.ts';
import type { Places, ReportedRange } from './places.ts';

export interface FindingReport {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: ReportedRange;
  /** Of the best fix; null where there is none. */
  readonly fix: FixKind | null;
}

export function findingReport(finding: Finding, places: Places): FindingReport {
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    file: places.file(finding.path),
    range: places.range(finding.path, finding.range),
    fix: finding.fixes[0]?.kind ?? null,
  };
}
