/** Every tool for agents, and the one way to call them: what both shells offer. */
import type { AgentContext } from './context.ts';
import { type RenderedAnswer, renderAnswer } from './render-answer.ts';
import { type AgentTool, refused } from './tool.ts';
import { checkCode } from './tools/check-code.ts';
import { describeModels } from './tools/describe-models.ts';
import { explainRule } from './tools/explain-rule.ts';
import { findDrift } from './tools/find-drift.ts';
import { listMigrations } from './tools/list-migrations.ts';
import { poolState } from './tools/pool-state.ts';
import { previewMigration } from './tools/preview-migration.ts';
import { scaffoldPattern } from './tools/scaffold-pattern.ts';
import { schemaAtRevision } from './tools/schema-at-revision.ts';
import { statementSql } from './tools/statement-sql.ts';

export const agentTools: readonly AgentTool[] = [
  checkCode,
  explainRule,
  statementSql,
  describeModels,
  listMigrations,
  schemaAtRevision,
  previewMigration,
  findDrift,
  poolState,
  scaffoldPattern,
];

/** For agents that read what a server says of itself. */
export const agentInstructions =
  'Tools over a Python project on SQLAlchemy, Alembic and PostgreSQL. They read its code and write nothing. Check what you write with check_code before you say that it is done, look names up with describe_models instead of guessing them, and look at locks with preview_migration before a migration runs.';

export function findTool(name: string): AgentTool | undefined {
  return agentTools.find(tool => tool.name === name);
}

/** An answer for every call: what goes wrong while a tool runs is told as a refusal. Rejects when the signal is aborted. */
export async function callTool(
  tool: AgentTool,
  input: unknown,
  context: AgentContext,
): Promise<RenderedAnswer> {
  try {
    return renderAnswer(await tool.run(input, context));
  } catch (error) {
    context.signal.throwIfAborted();
    const problem = error instanceof Error ? error.message : String(error);
    return renderAnswer(refused('It failed.', { problem }));
  }
}
