/** The engines of a workspace as pools that a server's sessions can be matched with. */
import { readConnectionUrl } from '../../database/connection-url.ts';
import type { PoolDeclaration } from '../../database/pools.ts';
import type { EngineFact, PoolSettings } from '../../sqlalchemy/engine.ts';
import { workerCount } from '../files/worker-count.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';
import { isTestPath } from './test-path.ts';

export interface DeclaredPool extends PoolDeclaration {
  /** In words, as the call gives them or SQLAlchemy fills in: `pool_size 5, max_overflow 5, pool_timeout 30 s`. */
  readonly settings: string;
}

/** Engines of tests and engines without a pool are left out. */
export function poolDeclarations(workspace: WorkspaceSnapshot): readonly DeclaredPool[] {
  const engines = pooledEngines(workspace);
  return engines.map(engine => ({ ...declare(engine), processes: processesOf(workspace) }));
}

function pooledEngines({ project, roots }: WorkspaceSnapshot): readonly EngineFact[] {
  return project.engines.filter(engine => hasPool(engine, roots));
}

const processes = new WeakMap<WorkspaceSnapshot, number | null>();

/** Processes of a web server that each have the one pool; null where it is not known which engine is theirs. */
export function processesOf(workspace: WorkspaceSnapshot): number | null {
  const known = processes.get(workspace);
  if (known !== undefined) return known;
  const count = pooledEngines(workspace).length === 1 ? workerCount(workspace) : null;
  processes.set(workspace, count);
  return count;
}

function hasPool({ pool, location }: EngineFact, roots: readonly string[]): boolean {
  return (
    pool.className !== 'NullPool' && pool.className !== 'StaticPool' && !isTestPath(location.path, roots)
  );
}

function declare(engine: EngineFact): DeclaredPool {
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
    settings: settingsText(engine.pool),
  };
}

function settingsText({ className, size, maxOverflow, timeout, recycle, prePing }: PoolSettings): string {
  const unlimited = (value: number | null, word: string) => (value === -1 ? word : (value ?? 'not constant'));
  const parts = [
    className ?? 'its own pool class',
    `pool_size ${size ?? 'not constant'}`,
    `max_overflow ${unlimited(maxOverflow, 'without limit')}`,
    `pool_timeout ${timeout ?? 'not constant'} s`,
    recycle === -1 ? null : `pool_recycle ${recycle ?? 'not constant'} s`,
    prePing === true ? 'pool_pre_ping' : null,
  ];
  return parts.filter(part => part !== null).join(', ');
}
