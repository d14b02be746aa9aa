/** The tools that the editor offers to language models. The server has them; the client only passes calls on. */
import { requestType } from './message.ts';

export interface AgentToolCall {
  /** As the server names it: `check_code`. */
  readonly name: string;
  readonly input: unknown;
}

export interface AgentToolPreparation {
  /** What the editor shows while the tool runs. */
  readonly message: string;
  /** What the user is asked before; null where nothing but the workspace is read. */
  readonly confirmation: { readonly title: string; readonly message: string } | null;
}

export interface AgentToolOutcome {
  /** For the model. */
  readonly text: string;
  readonly isError: boolean;
}

/** Before the names of our tools in the editor, where other extensions have theirs. */
export const agentToolPrefix = 'databasePatterns_';

/** The provider of the MCP server, as `package.json` and the extension name it. */
export const mcpProviderId = 'databasePatterns.mcp';

/** Reads nothing and asks nobody. */
export const prepareAgentTool = requestType<AgentToolCall, AgentToolPreparation>('agent/prepare');

export const callAgentTool = requestType<AgentToolCall, AgentToolOutcome>('agent/call');
