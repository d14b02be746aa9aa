/** A stage of `npm test`: what it is given, what it gives back, and the commands that count as one check each. */
import { join } from 'node:path';
import { type CommandOptions, run } from '../command.ts';

export const STAGE_NAMES = [
  'format+lint',
  'types',
  'generated',
  'unit',
  'python',
  'scaffold',
  'build+package',
  'editor',
] as const;
export type StageName = (typeof STAGE_NAMES)[number];

export type StageContext = {
  /** The clone. */
  readonly root: string;
  /** A superuser's address on the PostgreSQL server of this run; present for the stages that ask for it. */
  readonly postgresUrl: string | undefined;
  /** A folder for result files, removed after the run. */
  readonly scratch: string;
  readonly signal: AbortSignal;
};

export type StageResult = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What to show when something failed. */
  readonly output: string;
};

export type Stage = (context: StageContext) => Promise<StageResult>;

/** Adds results up, in the order of their outputs. */
export function sum(results: readonly StageResult[]): StageResult {
  return {
    passed: results.reduce((total, result) => total + result.passed, 0),
    failed: results.reduce((total, result) => total + result.failed, 0),
    skipped: results.reduce((total, result) => total + result.skipped, 0),
    output: results
      .filter(result => result.failed > 0)
      .map(result => result.output.trim())
      .join('\n\n'),
  };
}

/** Runs a command whose exit code is the whole verdict. */
export async function checkCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<StageResult> {
  const { code, output } = await run(command, args, options);
  const passed = code === 0 ? 1 : 0;
  return { passed, failed: 1 - passed, skipped: 0, output: `$ ${command} ${args.join(' ')}\n${output}` };
}

/** A result for something that went wrong before any test could say so. */
export function failure(message: string): StageResult {
  return { passed: 0, failed: 1, skipped: 0, output: message };
}

/** The path of a program that npm installed in the clone. */
export function installedProgram(root: string, name: string): string {
  return join(root, 'node_modules', '.bin', name);
}
