/** Places that a finding may stand at: those in the file that is looked at. */
import type { TextRange } from '../../../base/range.ts';
import type { SourceLocation } from '../../../sqlalchemy/model.ts';
import type { FileContext } from '../../rule.ts';

/** Null for a place in another file, as that of a helper which builds a part of the statement. */
export function ownRange(
  location: SourceLocation | null | undefined,
  { file }: FileContext,
): TextRange | null {
  return location?.path === file.path ? location.range : null;
}
