/** The fix that puts another text in the place of a name, a literal or an argument. */
import type { TextRange } from '../../../base/range.ts';
import type { ReportedFix } from '../../rule.ts';

/** `shown` is what the title says where it is not all of the new text, as of a name in quotes. */
export function changeTo({ start, end }: TextRange, newText: string, shown = newText): ReportedFix {
  return { title: `Change to ${shown}`, edits: [{ range: { start, end }, newText }] };
}
