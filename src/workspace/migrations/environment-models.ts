/** The models whose tables an environment's revisions are about: those of env.py's `target_metadata`. */

import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { moduleNames } from '../../alembic/revision/constants.ts';
import { lastPart, ownerPart } from '../../base/dotted-name.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import { isTestPath } from '../connections/test-path.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';
import { belongsToMigrations } from './migration-files.ts';

type Workspace = Pick<WorkspaceSnapshot, 'project' | 'roots' | 'environments'>;

export interface EnvironmentModels {
  readonly models: readonly Model[];
  /** Why these may not be the models that Alembic compares with, as a sentence; null where env.py tells them. */
  readonly doubt: string | null;
}

export function environmentModels(
  workspace: Workspace,
  environment: MigrationEnvironment | null,
): readonly Model[] {
  return modelsOf(workspace, environment).models;
}

/**
 * Models of tests are none of them, nor what revisions declare for their own use. Where env.py names bases
 * (`Base.metadata`) or a metadata, and models have them, only those of these bases and tables of their metadata count;
 * else all do. Null stands for a workspace without an environment.
 */
export function modelsOf(workspace: Workspace, environment: MigrationEnvironment | null): EnvironmentModels {
  const { project, roots } = workspace;
  const models = [...project.models.values()].filter(
    ({ location: { path } }) => !isTestPath(path, roots) && !belongsToMigrations(workspace, path),
  );
  if (environment === null) return { models, doubt: null };
  if (leavesModelsToOthers(workspace, environment))
    return {
      models: [],
      doubt: 'env.py has target_metadata = None, which leaves the models to another environment',
    };
  const bases = [...new Set(models.flatMap(({ base }) => base ?? []))];
  const targets = targetsOf(workspace, environment);
  const chosen = targets.flatMap(target => basesOf(target, bases, environment));
  const owners = new Set([
    ...models.filter(({ base }) => base !== null && chosen.includes(base)).map(({ metadata }) => metadata),
    ...targets.flatMap(target => ownersOf(target, new Set(models.map(({ metadata }) => metadata)))),
  ]);
  if (owners.size === 0) return { models, doubt: doubtOfAll(environment, models) };
  const own = models.filter(({ base, metadata }) =>
    base === null ? metadata === null || owners.has(metadata) : chosen.includes(base) || owners.has(metadata),
  );
  return { models: own, doubt: null };
}

/** Where all models stand for those of a `target_metadata` that is not there or not found. One metadata can only be that. */
function doubtOfAll({ script }: MigrationEnvironment, models: readonly Model[]): string | null {
  const all = 'all models of the workspace are compared';
  const target = script?.targetMetadata;
  if (target === undefined) return `env.py could not be read: ${all}`;
  if (target.kind === 'none')
    return `env.py names no target_metadata, so that alembic check and --autogenerate refuse: ${all}`;
  if (target.kind === 'unknown') return `no target_metadata was found in env.py: ${all}`;
  const owners = new Set(models.map(({ metadata }) => metadata));
  return owners.size > 1 ? `the target_metadata of env.py, ${target.text}, was not found: ${all}` : null;
}

/** `target_metadata = None` beside an environment that has one, as plugins of an application have it. */
function leavesModelsToOthers({ environments }: Workspace, { script }: MigrationEnvironment): boolean {
  return (
    script?.targetMetadata.kind === 'none' &&
    environments.some(other => other.script?.targetMetadata.kind === 'expression')
  );
}

/** A metadata by itself may be imported from where it is only passed on: where none is of that module, its own name tells. */
function ownersOf({ base, imported }: Target, owners: ReadonlySet<string | null>): readonly string[] {
  if (base !== null || imported === null) return [];
  const named = [...owners].flatMap(owner =>
    owner !== null && lastPart(owner) === lastPart(imported) ? [owner] : [],
  );
  const exact = named.filter(owner => isSameName(owner, imported));
  return exact.length > 0 ? exact : named;
}

/** What `target_metadata` is made of. */
interface Target {
  /** Of the base in `Base.metadata`; null for a metadata by itself. */
  readonly base: string | null;
  /** The base or metadata as env.py imports it; null where it does not. */
  readonly imported: string | null;
}

function targetsOf({ project }: Workspace, { script }: MigrationEnvironment): readonly Target[] {
  if (script?.targetMetadata.kind !== 'expression') return [];
  const { text } = script.targetMetadata;
  const module = project.files.get(script.path)?.module;
  const imports = module ? moduleNames(module).imports : new Map<string, string>();
  const named = [...text.matchAll(/(\w+)\.metadata\b/g)].map(([, base = '']) => ({
    base,
    imported: imports.get(base) ?? null,
  }));
  if (named.length > 0) return named;
  return /^\w+$/.test(text) ? [{ base: null, imported: imports.get(text) ?? null }] : [];
}

function basesOf(
  { base, imported }: Target,
  bases: readonly string[],
  environment: MigrationEnvironment,
): readonly string[] {
  const exact =
    imported === null
      ? []
      : bases.filter(each =>
          isSameName(base === null ? ownerPart(each) : each, base === null ? ownerPart(imported) : imported),
        );
  if (exact.length > 0 || base === null) return exact;
  return nearest(
    bases.filter(each => lastPart(each) === base),
    environment,
  );
}

/** A name may be known from another folder of the import path: `shop.db.Base`, `src.shop.db.Base`. */
function isSameName(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

/** Of several bases of one name, those whose module shares most with the environment's path: `shop.db.Base`, `shop/alembic`. */
function nearest(bases: readonly string[], { config }: MigrationEnvironment): readonly string[] {
  const folders = new Set(config.split('/'));
  const score = (base: string) => base.split('.').filter(part => folders.has(part)).length;
  const best = Math.max(...bases.map(score));
  return bases.filter(base => score(base) === best);
}
