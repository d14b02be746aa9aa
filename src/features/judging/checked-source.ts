/** What is checked of a file: Python with the statements that it builds, or a script of SQL. */
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { StatementFact } from '../../sqlalchemy/statement.ts';
import { belongsToMigrations } from '../../workspace/migrations/migration-files.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';

export interface CheckedSource {
  readonly file: SourceFile;
  readonly statements: readonly StatementFact[];
  /** Why only the syntax of its statements can be judged; null where all of them can. */
  readonly syntaxOnly: string | null;
}

/** Null for files that were not parsed. */
export function checkedSource(workspace: WorkspaceSnapshot, path: string): CheckedSource | null {
  const script = workspace.sqlFileOf(path);
  if (script !== null) {
    const { source: file, statements, changesSchema } = script;
    const reason =
      'The script changes the schema, so that its statements run on another one than is checked against.';
    return { file, statements, syntaxOnly: changesSchema ? reason : null };
  }
  const file = workspace.project.files.get(path);
  if (file === undefined) return null;
  const { statements } = workspace.project.factsOf(path);
  return { file, statements, syntaxOnly: otherSchema(workspace, file) };
}

function otherSchema(workspace: WorkspaceSnapshot, { path, text }: SourceFile): string | null {
  if (belongsToMigrations(workspace, path))
    return 'A revision runs on the schema of its own time, which is not the one that is checked against.';
  return leavesHead.test(text)
    ? 'The file brings the database to another revision than the newest, so that its statements run on another schema than is checked against.'
    : null;
}

/** Tests of migrations: Alembic's commands, also as those of a process, and the methods of pytest-alembic. */
const leavesHead =
  /["']alembic["']\s*,\s*["'](?:downgrade|stamp|upgrade["']\s*,(?!\s*["']heads?["']))|\bcommand\s*\.\s*(?:downgrade\s*\(|upgrade\s*\(\s*[^,()]+(?:\([^()]*\))?\s*,(?!\s*(?:revision\s*=\s*)?["']heads?["']))|\.\s*(?:migrate_(?:up|down)_(?:to|before|one)|roundtrip_next_revision)\s*\(/;
