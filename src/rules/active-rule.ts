/** A rule as the settings want it, and what it reports as findings. */
import { rangeOf } from '../base/range.ts';
import { pathWildcard } from '../base/wildcard.ts';
import type { SyntaxNode } from '../python/syntax.ts';
import type { FileFacts, SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';
import type { Finding, Severity } from './finding.ts';
import type { AssumedDrivers, FileContext, OptionContext, Report, Rule } from './rule.ts';
import { type RuleSettings, severityOf } from './rule-settings.ts';

export interface ActiveRule extends OptionContext {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Where the settings want to hear nothing of it. */
  readonly isSilentIn: (path: string) => boolean;
}

/** The rules that run, as the settings want each of them. */
export function activeRules(rules: readonly Rule[], settings: RuleSettings): readonly ActiveRule[] {
  const silences = Object.entries(settings.ignores).map(([pattern, names]) => ({
    names: new Set(names),
    matches: pathMatcher([pattern], settings.roots),
  }));
  return rules.flatMap(rule => {
    const severity = severityOf(rule, settings);
    if (severity === null) return [];
    const { exclude = [], options = {} } = settings.rules[rule.id] ?? {};
    const matchers = silences
      .filter(({ names }) => [rule.id, rule.category, 'all'].some(each => names.has(each)))
      .map(({ matches }) => matches);
    if (exclude.length > 0) matchers.push(pathMatcher(exclude, settings.roots));
    return {
      rule,
      severity,
      option: option => {
        const chosen = options[option.name];
        return option.accepts(chosen) ? chosen : option.default;
      },
      isSilentIn: path => matchers.some(matches => matches(path)),
    };
  });
}

/** Many rules ask of one file after the other: the last answer is kept. */
function pathMatcher(patterns: readonly string[], roots: readonly string[]): (path: string) => boolean {
  const wildcards = patterns.map(pathWildcard);
  let last: { readonly path: string; readonly answer: boolean } | null = null;
  return path => {
    if (last?.path !== path) {
      const below = belowRoot(path, roots);
      last = { path, answer: wildcards.some(wildcard => wildcard?.matches(below)) };
    }
    return last.answer;
  };
}

function belowRoot(path: string, roots: readonly string[]): string {
  const around = roots.filter(root => path.startsWith(`${root}/`)).sort((a, b) => b.length - a.length);
  return path.slice((around[0]?.length ?? -1) + 1);
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
  const surroundings: Omit<FileContext, 'report' | 'option'> = {
    file,
    facts: facts ?? project.factsOf(path),
    project,
    drivers: driversOf(path),
    processes,
    ancestors,
  };
  return new Map(
    active
      .filter(each => !each.isSilentIn(path))
      .map(each => [
        each.rule.id,
        {
          ...surroundings,
          option: each.option,
          report: report => findings.push(toFinding(each, path, report)),
        },
      ]),
  );
}

/** Rules hand over nodes for ranges: a finding is kept for longer than the tree that it was found in. */
export function toFinding({ rule, severity }: ActiveRule, path: string, report: Report): Finding {
  return {
    rule: rule.id,
    severity: milder(severity, report.severity ?? severity),
    message: report.message,
    path,
    range: rangeOf(report.range),
    fixes: (report.fixes ?? []).map(fix => ({
      kind: fix.kind ?? rule.fix ?? 'review',
      title: fix.title,
      edits: [{ path, edits: fix.edits.map(({ range, newText }) => ({ range: rangeOf(range), newText })) }],
    })),
  };
}

const loudness: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

function milder(a: Severity, b: Severity): Severity {
  return loudness.indexOf(a) <= loudness.indexOf(b) ? a : b;
}
