/** Functions that a project names in an option of a rule. */
import { sliceOf } from '../../../base/range.ts';
import { lastName } from '../../../python/last-name.ts';
import type { Expression } from '../../../python/syntax.ts';
import type { SourceFile } from '../../../sqlalchemy/project.ts';
import { isListed } from '../../rule-option.ts';

/** By its last name, `quote` for `self.db.quote(…)`, or as it is written. */
export function isListedCall(patterns: readonly string[], called: Expression, { text }: SourceFile): boolean {
  if (patterns.length === 0) return false;
  return [lastName(called) ?? '', sliceOf(text, called)].some(name => isListed(patterns, name));
}
