/** The workspace that the MCP server's tools look at: read anew for each call, one call at a time, with its own judge. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentContext, JudgeChoice, OpenDatabase } from '../agent/context.ts';
import { silentLogger } from '../base/logger.ts';
import { oneAtATime } from '../base/one-at-a-time.ts';
import { readConnectionUrl } from '../database/connection-url.ts';
import { shadowJudge } from '../database/judges.ts';
import { readServices } from '../database/libpq/read-services.ts';
import { LiveConnection } from '../database/live/live-connection.ts';
import { ShadowDatabase } from '../database/shadow/shadow-database.ts';
import { type RememberingJudge, rememberingJudge } from '../database/verdict-memory.ts';
import { judgedDdl, judgedSource } from '../features/judged-schema.ts';
import { foreignDatabase } from '../features/project-database.ts';
import { type ProgramMemory, verdictKey } from '../storage/program-memory.ts';
import { FollowedWorkspace } from '../workspace/followed-workspace.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { openCheckCache } from './check-cache.ts';
import { createStore } from './open-for-cli.ts';
import { presentMoment } from './present-moment.ts';

export interface McpWorkspaceOptions {
  /** An absolute path with forward slashes. */
  readonly root: string;
  /** Given by the user who started the server; an agent has no say in it. */
  readonly databaseUrl: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface McpWorkspace extends AsyncDisposable {
  /** Calls wait for each other: they share the store and the judge. */
  run<Result>(work: (context: AgentContext) => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

const idleMs = 60_000;

export async function openMcpWorkspace(options: McpWorkspaceOptions): Promise<McpWorkspace> {
  const { store, files } = await createStore();
  const followed = new FollowedWorkspace(store, files, [options.root]);
  const entry = join(import.meta.dirname, 'shadow.js');
  const shadow = new ShadowDatabase({ entry, logger: silentLogger, idleMs });
  const next = oneAtATime();
  const cache = openCheckCache(options.environment);
  return {
    run: (work, signal) =>
      next(async () => {
        const judges: RememberingJudge[] = [];
        const result = await work({
          workspace: await followed.read(signal),
          workspaceWith: texts => store.snapshotWith(texts),
          judgeFor: workspace => judgeFor(workspace, { shadow, cache, judges }),
          openDatabase: () => openDatabase(options),
          moment: presentMoment,
          exists: existsSync,
          signal,
        });
        for (const judge of judges) judge.remember();
        return result;
      }),
    async [Symbol.asyncDispose]() {
      shadow.dispose();
    },
  };
}

interface Judging {
  readonly shadow: ShadowDatabase;
  /** What `dbpatterns check` keeps, too. */
  readonly cache: ProgramMemory | null;
  /** Those that learn in this call. */
  readonly judges: RememberingJudge[];
}

/** A workspace whose settings name a database as the judge is judged by its models here. */
async function judgeFor(
  workspace: WorkspaceSnapshot,
  { shadow, cache, judges }: Judging,
): Promise<JudgeChoice> {
  const wanted = judgedSource(workspace);
  if (wanted === 'none') return { judge: null, problem: null };
  const foreign = foreignDatabase(workspace);
  if (foreign !== null) return { judge: null, problem: `The project names ${foreign} and not PostgreSQL.` };
  const source = wanted === 'database' ? 'models' : wanted;
  const { statements, fingerprint } = judgedDdl(workspace, source);
  const open = async () => {
    await shadow.setSchema(statements, fingerprint);
    return shadowJudge(source, shadow);
  };
  if (cache === null) return { judge: await open(), problem: null };
  const key = verdictKey(cache, fingerprint);
  const judge = rememberingJudge(source, { store: cache.store, key }, open);
  judges.push(judge);
  return { judge, problem: null };
}

async function openDatabase({ databaseUrl, environment }: McpWorkspaceOptions): Promise<OpenDatabase> {
  if (databaseUrl === undefined)
    throw new Error('No database was named: start the server with --database-url or DATABASE_URL');
  const target = readConnectionUrl(databaseUrl, environment, readServices(environment));
  if (target.kind !== 'postgresql') throw new Error('The database that was named is not PostgreSQL');
  const connection = new LiveConnection(target);
  return {
    connection,
    [Symbol.asyncDispose]: () => connection.dispose(),
  };
}
