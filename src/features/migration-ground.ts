/** What a new migration is written from, as a workspace has it. */
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import { type FragmentKind, readFragment } from '../sql/sql-fragment.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { describedSchema, driftWithRenames } from './drift/drift.ts';

export function migrationGround(workspace: WorkspaceSnapshot, environment: MigrationEnvironment) {
  const { project, roots, pythonFiles, textOf, sql } = workspace;
  const built = describedSchema(workspace, environment, 'migrations');
  return {
    environment,
    built,
    sources: { project, roots, paths: pythonFiles, textOf },
    compare: (renames: readonly string[]) => {
      const after = describedSchema(workspace, environment, 'models');
      return driftWithRenames(workspace, environment, { before: built, after }, renames);
    },
    readSql: (kind: FragmentKind, text: string) => readFragment(sql, kind, text),
  };
}
