/**
 * `# dbpatterns: ignore[rule-id, other-rule] reason` silences findings of its own line, or of the next line of code
 * where the comment stands alone. A suppression that silences nothing is itself reported.
 */
import { indexLines, type LineIndex, positionAt } from '../base/line-index.ts';
import type { TextRange } from '../base/range.ts';
import type { Module } from '../python/syntax.ts';
import type { Finding } from './finding.ts';

export const unusedSuppressionId = 'unused-suppression';

interface Suppression {
  readonly range: TextRange;
  readonly rules: readonly string[];
  /** Zero-based line whose findings are silenced. */
  readonly line: number;
}

const pattern = /(?:#|--)\s*dbpatterns:\s*ignore\[([^\]]*)\]/;

/** Findings of one file without those that a comment silences, plus one for each comment that silences none. */
export function applySuppressions(
  findings: readonly Finding[],
  source: { readonly path: string; readonly text: string; readonly module: Module },
): readonly Finding[] {
  if (!source.text.includes('dbpatterns:')) return findings;
  const lines = indexLines(source.text);
  const used = new Set<string>();
  const suppressions = readSuppressions(source.text, source.module, lines);
  const kept = findings.filter(finding => {
    const line = positionAt(lines, finding.range.start).line;
    const hit = suppressions.find(each => each.line === line && each.rules.includes(finding.rule));
    if (hit) used.add(`${hit.range.start}:${finding.rule}`);
    return hit === undefined;
  });
  return [...kept, ...unusedOnes(suppressions, used, source.path)];
}

function readSuppressions(text: string, module: Module, lines: LineIndex): readonly Suppression[] {
  return module.comments.flatMap(comment => {
    const match = pattern.exec(comment.text);
    if (!match) return [];
    const own = positionAt(lines, comment.start).line;
    const start = comment.start + match.index;
    const rules = (match[1] ?? '').split(',').map(rule => rule.trim());
    const line = standsAlone(text, comment, lines, own) ? nextCodeLine(text, lines, own) : own;
    return [
      { range: { start, end: start + match[0].length }, rules: rules.filter(rule => rule !== ''), line },
    ];
  });
}

function standsAlone(text: string, comment: TextRange, lines: LineIndex, line: number): boolean {
  return text.slice(lines.lineStarts[line], comment.start).trim() === '';
}

function nextCodeLine(text: string, lines: LineIndex, from: number): number {
  for (let line = from + 1; line < lines.lineStarts.length; line++) {
    const content = text.slice(lines.lineStarts[line], lines.lineStarts[line + 1]).trim();
    if (content !== '' && !/^(?:#|--)/.test(content)) return line;
  }
  return from;
}

function unusedOnes(
  suppressions: readonly Suppression[],
  used: ReadonlySet<string>,
  path: string,
): Finding[] {
  return suppressions.flatMap(suppression =>
    suppression.rules
      .filter(rule => !used.has(`${suppression.range.start}:${rule}`))
      .map(rule => ({
        rule: unusedSuppressionId,
        severity: 'warning' as const,
        message: `Nothing here is found by ${rule}: the comment silences nothing`,
        path,
        range: suppression.range,
        fixes: [],
      })),
  );
}
