/** A rule as the settings want it, and what it reports as findings. */
import type { TextRange } from '../base/range.ts';
import type { SyntaxNode } from '../python/syntax.ts';
import type { FileFacts, SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';
import type { Finding, Severity } from './finding.ts';
import type { AssumedDrivers, FileContext, Report, Rule } from './rule.ts';

export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** What the rules may know beyond the file that they look at. */
export interface RuleScope {
  readonly project: SqlAlchemyProject;
  readonly driversOf: (path: string) => AssumedDrivers;
  /** Processes that each open the pool of the one engine; null where that is not known. */
  readonly processes: () => number | null;
}

/** `facts`: those of the file, where not all of them are to be worked out. */
export interface LookedAt {
  readonly file: SourceFile;
  readonly facts?: FileFacts | undefined;
  readonly ancestors: readonly SyntaxNode[];
}

export function contextsFor(
  active: readonly ActiveRule[],
  { project, driversOf, processes }: RuleScope,
  { file, facts, ancestors }: LookedAt,
  findings: Finding[],
): ReadonlyMap<string, FileContext> {
  const { path } = file;
  const surroundings: Omit<FileContext, 'report'> = {
    file,
    facts: facts ?? project.factsOf(path),
    project,
    drivers: driversOf(path),
    processes,
    ancestors,
  };
  return new Map(
    active.map(each => [
      each.rule.id,
      { ...surroundings, report: report => findings.push(toFinding(each, path, report)) },
    ]),
  );
}

export function toFinding({ rule, severity }: ActiveRule, path: string, report: Report): Finding {
  return {
    rule: rule.id,
    severity: milder(severity, report.severity ?? severity),
    message: report.message,
    path,
    range: bare(report.range),
    fixes: (report.fixes ?? []).map(fix => ({
      kind: fix.kind ?? rule.fix ?? 'review',
      title: fix.title,
      edits: [{ path, edits: fix.edits.map(({ range, newText }) => ({ range: bare(range), newText })) }],
    })),
  };
}

/** Rules hand over nodes for ranges: a finding is kept for longer than the tree that it was found in. */
function bare({ start, end }: TextRange): TextRange {
  return { start, end };
}

const loudness: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

function milder(a: Severity, b: Severity): Severity {
  return loudness.indexOf(a) <= loudness.indexOf(b) ? a : b;
}
