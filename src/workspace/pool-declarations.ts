/** The engines of a workspace as pools that a server's sessions can be matched with. */
import { readConnectionUrl } from '../database/connection-url.ts';
import type { PoolDeclaration } from '../database/pools.ts';
import type { EngineFact } from '../sqlalchemy/engine.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';
import { isTestPath } from './test-path.ts';

/** Engines of tests and engines without a pool are left out. */
export function poolDeclarations(workspace: WorkspaceSnapshot): readonly PoolDeclaration[] {
  return workspace.project.engines.filter(engine => hasPool(engine, workspace.roots)).map(declare);
}

function hasPool({ pool, location }: EngineFact, roots: readonly string[]): boolean {
  return (
    pool.className !== 'NullPool' && pool.className !== 'StaticPool' && !isTestPath(location.path, roots)
  );
}

function declare(engine: EngineFact): PoolDeclaration {
  // A URL through settings is only their default: what runs may be another database.
  const literal = /^[rbfu]*["']/i.test(engine.urlText);
  const target = engine.url === null || !literal ? null : readConnectionUrl(engine.url);
  const postgres = target?.kind === 'postgresql' ? target : null;
  return {
    name: engine.name ?? 'engine',
    size: engine.pool.size,
    maxOverflow: engine.pool.maxOverflow,
    applicationName: engine.applicationName,
    database: postgres?.database ?? null,
    user: postgres?.user ?? null,
    processes: null,
    location: engine.location,
  };
}
