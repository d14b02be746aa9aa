/** Opens the judge that `--schema` asks for, with a sentence where that cannot be had. */
import { join } from 'node:path';
import { silentLogger } from '../base/logger.ts';
import { readConnectionUrl } from '../database/connection-url.ts';
import type { Judge } from '../database/judge.ts';
import { liveJudge, shadowJudge } from '../database/judges.ts';
import { readServices } from '../database/libpq/read-services.ts';
import { LiveConnection } from '../database/live/live-connection.ts';
import { ShadowDatabase } from '../database/shadow/shadow-database.ts';
import { rememberingJudge } from '../database/verdict-memory.ts';
import { judgedDdl } from '../features/judging/judged-schema.ts';
import { type ProgramMemory, verdictKey } from '../storage/program-memory.ts';
import type { SchemaSource, WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { UsageError } from './usage-error.ts';

export interface CliJudge extends Judge {
  dispose(): Promise<void>;
}

/** The built-in PostgreSQL; it starts when something is asked, or is told to. */
export function openShadow(): ShadowDatabase {
  return new ShadowDatabase({
    entry: join(import.meta.dirname, 'shadow.js'),
    logger: silentLogger,
    idleMs: 60_000,
  });
}

export interface JudgeOptions {
  readonly source: Exclude<SchemaSource, 'auto'>;
  readonly url: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cache: ProgramMemory | null;
  /** Of the caller, who disposes of it. */
  readonly shadow: ShadowDatabase;
}

export async function openCliJudge(
  workspace: WorkspaceSnapshot,
  { source, url, environment, cache, shadow }: JudgeOptions,
): Promise<CliJudge | null> {
  if (source === 'none') return null;
  return source === 'database'
    ? openLive(url ?? environment.DATABASE_URL, environment)
    : openShadowJudge(workspace, source, cache, shadow);
}

async function openLive(
  url: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CliJudge> {
  if (url === undefined) throw new UsageError('--schema database needs --database-url or DATABASE_URL');
  const target = readConnectionUrl(url, environment, readServices(environment));
  if (target.kind !== 'postgresql') throw new UsageError('--schema database needs a PostgreSQL URL');
  const connection = new LiveConnection(target);
  // Asked once, so that a refusal is one clear line and not a reason on each statement.
  await connection.rows('SELECT 1');
  return { ...liveJudge('the database', connection), dispose: () => connection.dispose() };
}

/** Asked only about what is not known from before. */
async function openShadowJudge(
  workspace: WorkspaceSnapshot,
  source: 'models' | 'migrations',
  cache: ProgramMemory | null,
  shadow: ShadowDatabase,
): Promise<CliJudge> {
  const { statements, fingerprint } = judgedDdl(workspace, source);
  const open = async () => {
    // Questions that follow are answered after it.
    void shadow.setSchema(statements, fingerprint);
    return shadowJudge(source, shadow);
  };
  if (cache === null) return { ...(await open()), dispose: async () => undefined };
  const judge = rememberingJudge(source, { store: cache.store, key: verdictKey(cache, fingerprint) }, open);
  return { ...judge, dispose: async () => judge.remember() };
}
