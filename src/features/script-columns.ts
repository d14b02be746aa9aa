/** Columns that scripts of SQL give to tables: models often map but some of them. */
import { literalPattern } from '../base/literal-pattern.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

/** Whether a script that makes or alters a table of the statement names the column that PostgreSQL misses. */
export function isMadeByScript(workspace: WorkspaceSnapshot, sql: string, message: string): boolean {
  const column = /\bcolumn "?(?:\w+\.)*(\w+)"?/.exec(message)?.[1];
  const tables = [...sql.matchAll(/\b(?:from|join|into|update)\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)/gi)];
  if (column === undefined || tables.length === 0) return false;
  const names = tables.map(([, name = '']) => literalPattern(name)).join('|');
  const makes = new RegExp(
    `\\btable\\s+(?:if\\s+(?:not\\s+)?exists\\s+)?(?:only\\s+)?(?:"?\\w+"?\\.)?"?(?:${names})\\b`,
    'i',
  );
  const mentions = new RegExp(`\\b${literalPattern(column)}\\b`, 'i');
  return workspace.sqlFiles.some(path => {
    const text = workspace.textOf(path) ?? '';
    return mentions.test(text) && makes.test(text);
  });
}
