/** A tool over a workspace made of texts: nobody judges SQL, and no database is there. */
import type { AgentContext } from '../src/agent/context.ts';
import { callTool, findTool } from '../src/agent/tools.ts';
import { storeOf } from './workspace.ts';

export async function contextOf(
  files: Readonly<Record<string, string>>,
  isLate = () => false,
): Promise<AgentContext> {
  const store = await storeOf(files);
  const { signal } = new AbortController();
  return {
    workspace: await store.open(['/project'], undefined, signal),
    workspaceWith: texts => store.snapshotWith(texts),
    judgeFor: async () => ({ judge: null, problem: null }),
    openDatabase: () => Promise.reject(new Error('no database here')),
    moment: () => ({ now: new Date(0), newId: () => 'cccc3333' }),
    exists: path => path.replace('/project/', '') in files,
    isLate,
    signal,
  };
}

export interface ToolOutcome extends AnswerParts {
  readonly isError: boolean;
}

export interface AnswerParts {
  /** What stands outside of the marks. */
  readonly words: string;
  /** What stands between them, read as JSON; empty where there are none. */
  readonly data: Readonly<Record<string, unknown>>;
  /** A list at the top of the data. */
  list(name: string): readonly Readonly<Record<string, unknown>>[];
}

export async function askTool(
  name: string,
  input: unknown,
  files: Readonly<Record<string, string>>,
  isLate?: () => boolean,
): Promise<ToolOutcome> {
  const tool = findTool(name);
  if (!tool) throw new Error(`There is no tool ${name}`);
  const { text, isError } = await callTool(tool, input, await contextOf(files, isLate));
  return { isError, ...takeApart(text) };
}

export function takeApart(text: string): AnswerParts {
  const [before = '', rest = '{}</workspace-data>'] = text.split('<workspace-data>');
  const [json = '', after = ''] = rest.split('</workspace-data>');
  const data: Readonly<Record<string, unknown>> = JSON.parse(json);
  return {
    words: before + after,
    data,
    list(name) {
      const items = data[name];
      if (!Array.isArray(items)) throw new Error(`The answer has no list ${name}: ${text}`);
      return items;
    },
  };
}
