/** The tools for agents, over the session's workspace: a thin shell, as `dbpatterns mcp` is another. */
import type { CancellationToken } from 'vscode-languageserver/node';
import type { RenderedAnswer } from '../../agent/render-answer.ts';
import type { AgentTool } from '../../agent/tool.ts';
import { callTool, findTool } from '../../agent/tools.ts';
import { oneAtATime } from '../../base/one-at-a-time.ts';
import {
  type AgentToolCall,
  type AgentToolPreparation,
  callAgentTool,
  prepareAgentTool,
} from '../../protocol/agent.ts';
import type { AgentDesk } from '../agent-desk.ts';
import type { ServerConnection } from '../server-connection.ts';
import { answer } from './answer.ts';

export function answerAgentRequests(connection: ServerConnection, desk: AgentDesk): void {
  // They share a judge, whose schema is that of the call.
  const run = oneAtATime();
  answer(connection, prepareAgentTool, call => prepare(call, desk));
  answer(connection, callAgentTool, ({ name, input }, token) =>
    run(() => callIn(toolNamed(name), input, desk, token)),
  );
}

function toolNamed(name: string): AgentTool {
  const tool = findTool(name);
  if (!tool) throw new Error(`There is no tool ${name}.`);
  return tool;
}

export function prepare({ name, input }: AgentToolCall, desk: AgentDesk): AgentToolPreparation {
  const tool = toolNamed(name);
  const message = `Database Patterns: ${tool.title}`;
  if (!tool.connects(input)) return { message, confirmation: null };
  const label = desk.databaseLabel() ?? 'a database, of which none is known yet';
  return {
    message,
    confirmation: {
      title: tool.title,
      message: `This connects to ${label} and reads its catalogue and statistics. Nothing is changed there.`,
    },
  };
}

async function callIn(
  tool: AgentTool,
  input: unknown,
  desk: AgentDesk,
  token: CancellationToken,
): Promise<RenderedAnswer> {
  const stop = new AbortController();
  const listener = token.onCancellationRequested(() => stop.abort());
  try {
    return await callTool(tool, input, await desk.context(stop.signal));
  } finally {
    listener.dispose();
  }
}
