/** Which files belong to the migrations: they speak of the schema of their own time, not of today's. */
import type { WorkspaceSnapshot } from '../snapshot.ts';

type Environments = WorkspaceSnapshot['environments'];

const revisions = new WeakMap<Environments, ReadonlySet<string>>();

/** True for revisions, and for what stands beside them in the folder of env.py to help them. */
export function belongsToMigrations({ environments }: Pick<WorkspaceSnapshot, 'environments'>, path: string) {
  const known = revisions.get(environments) ?? pathsOf(environments);
  revisions.set(environments, known);
  return known.has(path) || environments.some(({ scriptLocation }) => isInside(path, scriptLocation));
}

function pathsOf(environments: Environments): ReadonlySet<string> {
  return new Set(environments.flatMap(({ graph }) => graph.nodes.map(({ revision }) => revision.path)));
}

/** A folder that is named for nothing else: env.py may as well stand beside the models. */
const ownFolder = /(?:alembic|migrations?|migrate\w*|revisions?)$/i;

function isInside(path: string, folder: string | null): boolean {
  const name = folder?.replace(/\/$/, '');
  return name !== undefined && ownFolder.test(name) && path.startsWith(`${name}/`);
}
