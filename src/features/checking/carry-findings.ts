/** Findings of an older text moved to where the same code stands now; what was itself edited is left out. */
import type { FileEdit, TextEdit } from '../../base/edit.ts';
import type { TextRange } from '../../base/range.ts';
import type { Finding, Fix } from '../../rules/finding.ts';

/** What lies between the text that both have at the start and the text that both have at the end. */
export interface TextChange {
  /** In the older text. */
  readonly range: TextRange;
  /** By how much what follows has moved. */
  readonly shift: number;
}

export function carryFindings(
  findings: readonly Finding[],
  before: string,
  after: string,
): readonly Finding[] {
  return before === after ? findings : carryOver(findings, changeBetween(before, after));
}

export function carryOver(findings: readonly Finding[], change: TextChange): readonly Finding[] {
  return findings.flatMap(finding => {
    const range = moved(finding.range, change);
    if (range === null) return [];
    return [{ ...finding, range, fixes: finding.fixes.flatMap(fix => movedFix(fix, finding.path, change)) }];
  });
}

export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const last = [before.length - 1, after.length - 1] as const;
  while (same < shorter - start && before.charCodeAt(last[0] - same) === after.charCodeAt(last[1] - same))
    same++;
  return { range: { start, end: before.length - same }, shift: after.length - before.length };
}

/** Null for a range that the change touches: what stood there has become something else. */
function moved(range: TextRange, { range: changed, shift }: TextChange): TextRange | null {
  if (range.end < changed.start) return range;
  if (range.start > changed.end) return { start: range.start + shift, end: range.end + shift };
  return null;
}

/** Nothing for a fix that would edit what has changed. */
function movedFix(fix: Fix, path: string, change: TextChange): readonly Fix[] {
  const edits: FileEdit[] = [];
  for (const edit of fix.edits) {
    const own = edit.path === path ? movedEdits(edit.edits, change) : edit.edits;
    if (own === null) return [];
    edits.push({ path: edit.path, edits: own });
  }
  return [{ ...fix, edits }];
}

function movedEdits(edits: readonly TextEdit[], change: TextChange): readonly TextEdit[] | null {
  const result = edits.flatMap(({ range, newText }) => {
    const place = moved(range, change);
    return place === null ? [] : [{ range: place, newText }];
  });
  return result.length === edits.length ? result : null;
}
