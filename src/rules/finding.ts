/** What a rule says about a place in the workspace, with what can be done about it. */
import type { FileEdit } from '../base/edit.ts';
import type { TextRange } from '../base/range.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** `safe`: behaviour becomes what was meant and nothing else changes. `review`: a person should look. */
export type FixKind = 'safe' | 'review';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence: what happens at run time. No trailing full stop, no code fences. */
  readonly message: string;
  readonly path: string;
  readonly range: TextRange;
  /** Best first. Empty where nothing can be offered. */
  readonly fixes: readonly Fix[];
}

export interface Fix {
  readonly kind: FixKind;
  /** Imperative: “Replace with .is_(None)”. */
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

/** By place, then by rule: the order in which findings are shown and compared. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.path, b.path) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compareText(a.rule, b.rule)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
