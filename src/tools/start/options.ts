/** The arguments and environment variables of `npm start`. */
import { portIsFree } from '../free-port.ts';
import { SetupError } from '../setup-error.ts';

export type StartOptions = {
  /** `open` shows the editor, `print` only prints its address, `once` checks that everything answers and ends. */
  readonly mode: 'open' | 'print' | 'once';
  /** Which editor: the one that fits the machine, the user's own VS Code, or the one in the browser. */
  readonly editor: 'auto' | 'code' | 'browser';
  /** The port of the editor in the browser; a free one without it. */
  readonly port: number | undefined;
};

const MODES: Readonly<Record<string, StartOptions['mode']>> = { '--no-open': 'print', '--once': 'once' };
const EDITORS: Readonly<Record<string, StartOptions['editor']>> = {
  '--code': 'code',
  '--browser': 'browser',
};

/** Throws a SetupError for an unknown argument or a port that cannot be used. */
export async function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Promise<StartOptions> {
  let mode: StartOptions['mode'] = 'open';
  let editor: StartOptions['editor'] = 'auto';
  for (const arg of args) {
    const knownMode = MODES[arg];
    const knownEditor = EDITORS[arg];
    if (knownMode === undefined && knownEditor === undefined) {
      const known = [...Object.keys(MODES), ...Object.keys(EDITORS)].join(', ');
      throw new SetupError(`Unknown argument "${arg}". Use some of: ${known}.`);
    }
    // It opens nothing either, so that `--no-open` beside it asks for nothing more.
    if (mode !== 'once') mode = knownMode ?? mode;
    editor = knownEditor ?? editor;
  }
  return { mode, editor, port: await readPort(env.DBPATTERNS_PORT) };
}

async function readPort(value: string | undefined): Promise<number | undefined> {
  if (value === undefined || value === '') return undefined;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SetupError(`DBPATTERNS_PORT is "${value}", which is no port: use a number from 1 to 65535.`);
  }
  if (await portIsFree(port)) return port;
  throw new SetupError(
    `Port ${port} (DBPATTERNS_PORT) is already in use: stop the program that uses it, or choose another port.`,
  );
}
