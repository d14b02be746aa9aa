/** The models whose tables an environment's revisions are about: those of env.py's `target_metadata`. */
import type { MigrationEnvironment } from '../alembic/environment.ts';
import type { Model } from '../sqlalchemy/model.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';
import { isTestPath } from './test-path.ts';

/**
 * Models of tests are none of them. Where env.py names bases (`Base.metadata`) and models have them, only those of these
 * bases and bare tables count; else all do. Null stands for a workspace without an environment.
 */
export function environmentModels(
  { project, roots }: Pick<WorkspaceSnapshot, 'project' | 'roots'>,
  environment: MigrationEnvironment | null,
): readonly Model[] {
  const models = [...project.models.values()].filter(model => !isTestPath(model.location.path, roots));
  const named = baseNames(environment);
  const bases = [...new Set(models.flatMap(({ base }) => base ?? []))].filter(base =>
    named.includes(lastName(base)),
  );
  if (environment === null || bases.length === 0) return models;
  const chosen = named.flatMap(name =>
    nearest(
      bases.filter(base => lastName(base) === name),
      environment,
    ),
  );
  return models.filter(({ base }) => base === null || chosen.includes(base));
}

function baseNames(environment: MigrationEnvironment | null): readonly string[] {
  const target = environment?.script?.targetMetadata;
  if (target?.kind !== 'expression') return [];
  return [...target.text.matchAll(/(\w+)\.metadata\b/g)].map(([, name = '']) => name);
}

function lastName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}

/** Of several bases of one name, those whose module shares most with the environment's path: `shop.db.Base`, `shop/alembic`. */
function nearest(bases: readonly string[], { config }: MigrationEnvironment): readonly string[] {
  const folders = new Set(config.split('/'));
  const score = (base: string) => base.split('.').filter(part => folders.has(part)).length;
  const best = Math.max(...bases.map(score));
  return bases.filter(base => score(base) === best);
}
