/** The statement under a cursor. */
import { touches } from '../base/range.ts';
import type { StatementFact } from '../sqlalchemy/statement.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { checkedSource } from './judging/checked-source.ts';

/** The innermost statement whose Python holds the offset, or null. */
export function statementAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): StatementFact | null {
  let best: StatementFact | null = null;
  for (const statement of checkedSource(workspace, path)?.statements ?? []) {
    const { range } = statement.location;
    if (!touches(range, offset)) continue;
    if (best === null || range.end - range.start <= best.location.range.end - best.location.range.start)
      best = statement;
  }
  return best;
}
