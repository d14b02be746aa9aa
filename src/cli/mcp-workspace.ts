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
import { judgedDdl, judgedSource } from '../features/judging/judged-schema.ts';
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
  /** How long a call may take until it is to be answered with what there is. */
  readonly answerMs: number;
}

export interface McpWorkspace extends AsyncDisposable {
  /**
   * Calls wait for each other: they share the store and the judge. Null where the workspace is read for the first time and
   * that takes longer than an answer may; the reading goes on for the next call.
   */
  run<Result>(work: (context: AgentContext) => Promise<Result>, signal: AbortSignal): Promise<Result | null>;
}

const idleMs = 60_000;

export async function openMcpWorkspace(options: McpWorkspaceOptions): Promise<McpWorkspace> {
  const { store, files } = await createStore();
  const followed = new FollowedWorkspace(store, files, [options.root]);
  const entry = join(import.meta.dirname, 'shadow.js');
  const shadow = new ShadowDatabase({ entry, logger: silentLogger, idleMs });
  const next = oneAtATime();
  const cache = openCheckCache(options.environment);
  const closed = new AbortController();
  let isRead = false;
  const read = async (): Promise<WorkspaceSnapshot> => {
    const workspace = await followed.read(closed.signal);
    isRead = true;
    return workspace;
  };
  // Whoever starts the server will ask: the workspace is read meanwhile. What goes wrong is told to the first who asks.
  next(read).catch(() => undefined);
  return {
    async run(work, signal) {
      const end = Date.now() + options.answerMs;
      let isGivenUp = false;
      const result = next(async () => {
        const workspace = await read();
        signal.throwIfAborted();
        if (isGivenUp) return null;
        const judges: RememberingJudge[] = [];
        const answer = await work({
          workspace,
          workspaceWith: texts => store.snapshotWith(texts),
          judgeFor: shown => judgeFor(shown, { shadow, cache, judges }),
          openDatabase: () => openDatabase(options),
          moment: presentMoment,
          exists: existsSync,
          isLate: () => Date.now() > end,
          signal,
        });
        for (const judge of judges) judge.remember();
        return answer;
      });
      if (isRead) return result;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>(giveUp => {
        timer = setTimeout(() => {
          isGivenUp = !isRead;
          if (isGivenUp) giveUp(null);
        }, options.answerMs);
      });
      return Promise.race([result, late]).finally(() => clearTimeout(timer));
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
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
