/** Columns that scripts of SQL give to tables: models often map but some of them. */
import { literalPattern } from '../../base/literal-pattern.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';

/** A column that PostgreSQL misses in one of the tables of a statement. */
export interface MissingColumn {
  readonly column: string;
  /** Names of the statement's tables, without their schemas. */
  readonly tables: readonly string[];
}

/** Whether a script makes or alters one of the tables and names the column. */
export type ScriptSearch = (missing: MissingColumn) => boolean;

/** `message`: PostgreSQL's own, about the statement. Null where no column of a table is meant. */
export function missingColumn(sql: string, message: string): MissingColumn | null {
  const column = /\bcolumn "?(?:\w+\.)*(\w+)"?/.exec(message)?.[1];
  const tables = [...sql.matchAll(/\b(?:from|join|into|update)\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)/gi)];
  if (column === undefined || tables.length === 0) return null;
  return { column, tables: [...new Set(tables.map(([, name = '']) => name))] };
}

export function scriptsOf({
  sqlFiles,
  textOf,
}: Pick<WorkspaceSnapshot, 'sqlFiles' | 'textOf'>): ScriptSearch {
  return ({ column, tables }) => {
    const names = tables.map(literalPattern).join('|');
    const makes = new RegExp(
      `\\btable\\s+(?:if\\s+(?:not\\s+)?exists\\s+)?(?:only\\s+)?(?:"?\\w+"?\\.)?"?(?:${names})\\b`,
      'i',
    );
    const mentions = new RegExp(`\\b${literalPattern(column)}\\b`, 'i');
    return sqlFiles.some(path => {
      const text = textOf(path) ?? '';
      return mentions.test(text) && makes.test(text);
    });
  };
}
