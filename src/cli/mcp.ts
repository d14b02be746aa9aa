/** `dbpatterns mcp`: the tools for agents over the Model Context Protocol, on standard input and output. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { answerWithinMs } from '../agent/context.ts';
import { renderAnswer } from '../agent/render-answer.ts';
import { refused } from '../agent/tool.ts';
import { agentInstructions, agentTools, callTool } from '../agent/tools.ts';
import type { Command } from './command.ts';
import { type McpWorkspace, openMcpWorkspace } from './mcp-workspace.ts';
import { parseOptions } from './parse-options.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

const options = {
  root: { type: 'string', default: '.' },
  'database-url': { type: 'string' },
  'answer-within': { type: 'string' },
} as const;

export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'Serve the tools for coding agents over standard input and output (Model Context Protocol)',
  usage: 'dbpatterns mcp [--root FOLDER] [--database-url URL] [--answer-within SECONDS]',
  async run(parameters, { environment, signal }) {
    const { values } = parseOptions(parameters, options);
    const root = resolve(values.root).replaceAll('\\', '/');
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`${values.root} is no folder`);
    const databaseUrl = values['database-url'] ?? environment.DATABASE_URL;
    const seconds = Number(values['answer-within'] ?? answerWithinMs / 1_000);
    if (!(seconds > 0)) throw new UsageError('--answer-within must be a number of seconds above 0');
    const answerMs = seconds * 1_000;
    await using workspace = await openMcpWorkspace({ root, databaseUrl, environment, answerMs });
    const server = createServer(workspace);
    await server.connect(new StdioServerTransport());
    await inputEnds(signal);
    await server.close();
    return 0;
  },
};

function createServer(workspace: McpWorkspace): McpServer {
  const server = new McpServer(
    { name: 'dbpatterns', title: 'Database Patterns', version: version() },
    { instructions: agentInstructions },
  );
  for (const tool of agentTools) {
    const { name, title, description, input: inputSchema } = tool;
    // Read-only, and with no world but the workspace and the database that the user has named.
    const annotations = { title, readOnlyHint: true, destructiveHint: false, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema, annotations }, async (input, call) => {
      using _ = tellProgress(title, call);
      const answered = await workspace.run(context => callTool(tool, input, context), call.signal);
      const { text, isError } = answered ?? stillReading;
      return { content: [{ type: 'text', text }], isError };
    });
  }
  return server;
}

const stillReading = renderAnswer(
  refused(
    'The workspace is still being read, which goes on: nothing is wrong. Call again with the same input.',
  ),
);

type ToolCall = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** A client waits longer for whoever gives a sign of life. */
const signOfLifeMs = 5_000;

/** Says that the call is being worked on until it is disposed of, where the client has asked to be told. */
function tellProgress(title: string, { _meta, sendNotification }: ToolCall): Disposable {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return { [Symbol.dispose]: () => undefined };
  let progress = 0;
  const tell = () => {
    progress += 1;
    const params = { progressToken, progress, message: title };
    // A client that is gone needs to be told nothing.
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  tell();
  const timer = setInterval(tell, signOfLifeMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Whoever started the server closes its input, or it is stopped. */
function inputEnds(signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    process.stdin.once('end', done);
    process.stdin.once('close', done);
    signal.addEventListener('abort', () => done(), { once: true });
  });
}
