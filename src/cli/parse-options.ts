/** Options of a subcommand, by Node's own parser, with its errors as usage errors. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface ParsedOptions<O extends Options> {
  readonly values: ReturnType<
    typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
  >['values'];
  readonly positionals: readonly string[];
}

export function parseOptions<O extends Options>(parameters: readonly string[], options: O): ParsedOptions<O> {
  try {
    return parseArgs({ args: [...parameters], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('\n')[0] : String(error));
  }
}

/** The value if it is one of the choices; else a usage error that names them. */
export function choice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find(each => each === value);
  if (found === undefined) throw new UsageError(`--${option} is ${value}; it can be ${choices.join(', ')}`);
  return found;
}
