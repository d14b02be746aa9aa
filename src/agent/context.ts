/** What a tool may use: the workspace as it is now, and ports that a shell opens to whatever is not text. */
import type { Judge } from '../database/judge.ts';
import type { LiveConnection } from '../database/live/live-connection.ts';
import type { Moment } from '../scaffold/migration/draft-migration.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

export interface AgentContext {
  readonly workspace: WorkspaceSnapshot;
  /** The workspace as it would be with other texts, by absolute path. */
  readonly workspaceWith: (texts: ReadonlyMap<string, string>) => WorkspaceSnapshot;
  /** Who judges SQL, or why nobody does. */
  readonly judgeFor: (workspace: WorkspaceSnapshot) => Promise<JudgeChoice>;
  /** Throws an error with a sentence where there is no database, or it cannot be reached. */
  readonly openDatabase: () => Promise<OpenDatabase>;
  /** When it is, and ids that nothing has yet: for what is written anew. */
  readonly moment: () => Moment;
  /** Whether the disk has something at an absolute path. */
  readonly exists: (path: string) => boolean;
  /** True where the answer is to be given soon, with what there is: whoever has asked waits no longer than it does. */
  readonly isLate: () => boolean;
  readonly signal: AbortSignal;
}

/** Programs that ask over MCP wait a minute by default; what is being worked on when this is over is ended first. */
export const answerWithinMs = 40_000;

export interface JudgeChoice {
  readonly judge: Judge | null;
  /** As a sentence; null where there is a judge, or none is wanted. */
  readonly problem: string | null;
}

export interface OpenDatabase extends AsyncDisposable {
  readonly connection: LiveConnection;
}
