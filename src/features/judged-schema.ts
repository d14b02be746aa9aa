/** The schema that statements are judged by. */
import type { DatabaseSchema } from '../schema/schema.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

export function judgedSchema(workspace: WorkspaceSnapshot, source: 'models' | 'migrations'): DatabaseSchema {
  return source === 'models'
    ? workspace.schemaOf(workspace.project.models.values())
    : workspace.schemaOfRevisions();
}
