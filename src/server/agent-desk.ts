/** What the tools for agents get of a session: its workspace, a judge of their own, and a database that it knows. */
import { existsSync } from 'node:fs';
import { type AgentContext, answerWithinMs, type OpenDatabase } from '../agent/context.ts';
import type { ConnectionInfo } from '../protocol/connections.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import type { JudgeSource } from './judge-source.ts';
import type { LiveServices } from './live/live-services.ts';
import { presentMoment } from './present-moment.ts';

export interface AgentParts {
  /** Resolves when the workspace has been read. */
  readonly opened: Promise<WorkspaceStore>;
  /** Not that of the checks: a text that is only supposed may have another schema. */
  readonly judges: JudgeSource;
  readonly live: LiveServices;
}

export class AgentDesk {
  readonly #parts: AgentParts;

  constructor(parts: AgentParts) {
    this.#parts = parts;
  }

  /** Of the database that a tool would ask; null where none is known, or nothing tells which one of several. */
  databaseLabel(): string | null {
    return this.#database()?.label ?? null;
  }

  /** Waits for the workspace to be read. */
  async context(signal: AbortSignal): Promise<AgentContext> {
    const end = Date.now() + answerWithinMs;
    const { opened, judges } = this.#parts;
    const store = await opened;
    return {
      workspace: store.snapshot,
      workspaceWith: texts => store.snapshotWith(texts),
      judgeFor: async workspace => ({ judge: await judges.judgeFor(workspace), problem: judges.problem }),
      openDatabase: () => this.#open(),
      moment: presentMoment,
      exists: existsSync,
      isLate: () => Date.now() > end,
      signal,
    };
  }

  async #open(): Promise<OpenDatabase> {
    const database = this.#database();
    if (database === null)
      throw new Error('Nothing tells which database is meant: choose one with Use for Checks.');
    return this.#parts.live.openOnce(database.id);
  }

  /**
   * The one that checks use; else the only one that settings or environment files name, since what stands in alembic.ini
   * and in code is often but a default; else the only one. Of several the only one that has answered.
   */
  #database(): ConnectionInfo | null {
    const all = this.#parts.live.connections().connections.filter(({ dialect }) => dialect === 'postgresql');
    const configured = all.filter(({ origins }) =>
      origins.some(({ kind }) => kind === 'settings' || kind === 'environment-file'),
    );
    const chosen = all.find(({ usedForChecks }) => usedForChecks);
    return chosen ?? onlyOne(configured) ?? onlyOne(all);
  }
}

function onlyOne(connections: readonly ConnectionInfo[]): ConnectionInfo | null {
  const answering = connections.filter(({ state }) => state.kind === 'reachable');
  const [first, second] = connections.length === 1 ? connections : answering;
  return first !== undefined && second === undefined ? first : null;
}
