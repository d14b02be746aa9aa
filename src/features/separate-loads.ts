/** What loading relationships sends besides a statement, as it is shown: apart from the statement's own SQL. */
import { isSameRange } from '../base/range.ts';
import { formatSql } from '../sql/format.ts';
import type { SeparateLoad, StatementFact } from '../sqlalchemy/statement.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

/** In the order of the relationships; empty for what loads none, and for SQL files. */
export function separateLoadsOf(
  workspace: WorkspaceSnapshot,
  statement: StatementFact,
): readonly SeparateLoad[] {
  const { path, range } = statement.location;
  if (!workspace.project.files.has(path)) return [];
  const facts = workspace.project.factsOf(path);
  // Facts that were let go in between are others of the same statement.
  const own = facts.statements.find(
    each => each === statement || (each.kind === statement.kind && isSameRange(each.location.range, range)),
  );
  return own === undefined ? [] : facts.separateLoadsOf(own);
}

/** `User.orders (selectin)`, as a heading. */
export function loadTitle({ path, strategy }: Pick<SeparateLoad, 'path' | 'strategy'>): string {
  return `${path} (${strategy})`;
}

export function loadText({ statement, unknown }: SeparateLoad): string {
  if (statement === null) return unknown?.detail ?? '';
  return formatSql(statement.sql) ?? statement.sql;
}
