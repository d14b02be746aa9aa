/**
 * What a tool for an agent is: a name, what it is for, the shape of its input, and a run over the workspace. The shells
 * (MCP, the editor's language model tools) add nothing to it.
 */
import { z } from 'zod';
import type { AgentContext } from './context.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface ToolAnswer {
  /** `refused`: nothing was done, and the summary says what to give instead. */
  readonly kind: 'answered' | 'refused';
  /** Our own words alone: no name, path or text of the workspace. */
  readonly summary: string;
  /** What was read from the workspace or a database. The lists and texts at its top are cut where they are too long. */
  readonly data?: object;
  /** How to get what was cut, as a sentence. */
  readonly narrow?: string;
}

export interface ToolDefinition<Input extends z.ZodType> {
  /** Words with underscores: `check_code`. */
  readonly name: string;
  readonly title: string;
  /** For the model: what it gives and when to use it. */
  readonly description: string;
  readonly input: Input;
  /** Whether a run with this input asks a database. Absent: never. */
  readonly connects?: (input: z.output<Input>) => boolean;
  readonly run: (input: z.output<Input>, context: AgentContext) => ToolAnswer | Promise<ToolAnswer>;
}

/** A tool for shells, which know no types of inputs. */
export interface AgentTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodType;
  /** JSON Schema, draft 2020-12. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** False for what is not understood: a run then says why. */
  connects(input: unknown): boolean;
  /** Never throws for an input, whatever it is. */
  run(input: unknown, context: AgentContext): Promise<ToolAnswer>;
}

export function defineTool<Input extends z.ZodType>(definition: ToolDefinition<Input>): AgentTool {
  const { name, title, description, input } = definition;
  return {
    name,
    title,
    description,
    input,
    inputSchema: z.toJSONSchema(input, { io: 'input' }),
    connects(raw) {
      const parsed = input.safeParse(raw);
      return parsed.success && (definition.connects?.(parsed.data) ?? false);
    },
    async run(raw, context) {
      const parsed = input.safeParse(raw ?? {});
      if (!parsed.success) return refused(`The input is not understood: ${z.prettifyError(parsed.error)}`);
      return definition.run(parsed.data, context);
    },
  };
}

export function refused(summary: string, data?: object): ToolAnswer {
  return data === undefined ? { kind: 'refused', summary } : { kind: 'refused', summary, data };
}
