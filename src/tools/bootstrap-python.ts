/**
 * Finds Python 3.10 or later and keeps virtual environments in the cache folder, one per set of pinned requirements.
 * What is installed in them and run with them is the callers' business.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './bootstrap-cache.ts';
import { installDebianPackages } from './bootstrap-debian.ts';
import { run } from './command.ts';
import { findProgram } from './find-program.ts';
import { SetupError, saysUnreachable } from './setup-error.ts';

export type Python = {
  readonly command: string;
  /** For example `3.11.7`. */
  readonly version: string;
};

export type VirtualEnvironment = {
  readonly folder: string;
  readonly python: string;
};

const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const MINIMUM_MINOR = 10;

/** SQLAlchemy 2.1 needs this one; with an older Python the sample shop runs on SQLAlchemy 2.0. */
const PREFERRED_MINOR = 11;

const PROBE = 'import platform, sys; print(sys.executable); print(platform.python_version())';

/** The Python to use: the first on the PATH that is recent enough. `DBPATTERNS_PYTHON` names another one. */
export async function findPython(signal?: AbortSignal): Promise<Python> {
  const named = process.env.DBPATTERNS_PYTHON;
  const found: Python[] = [];
  for (const name of named ? [named] : NAMES) {
    const python = await probe(name, signal);
    if (python === undefined) continue;
    if (minorVersion(python) >= PREFERRED_MINOR) return python;
    found.push(python);
  }
  const suitable = found.find(python => minorVersion(python) >= MINIMUM_MINOR);
  if (suitable !== undefined) return suitable;
  const versions = found.map(python => python.version).join(', ');
  throw new SetupError(
    `Python 3.${MINIMUM_MINOR} or later is needed and ${versions ? `only ${versions}` : 'none'} was found: install it, or name it in DBPATTERNS_PYTHON, then try again.`,
  );
}

/** Undefined also for a version manager's placeholder of a Python that is not installed. */
async function probe(name: string, signal: AbortSignal | undefined): Promise<Python | undefined> {
  const program = findProgram(name);
  if (program === undefined) return undefined;
  const { code, stdout } = await run(program, ['-c', PROBE], { signal });
  const [command = '', version = ''] = stdout.trim().split('\n');
  return code === 0 ? { command, version } : undefined;
}

/** The minor version of a Python 3, and 0 for anything older. */
function minorVersion({ version }: Python): number {
  const [major, minor = 0] = version.split('.').map(Number);
  return major === 3 ? minor : 0;
}

/** The virtual environment with these requirements files installed, made now when it is not in the cache. */
export async function virtualEnvironment(
  name: string,
  requirements: readonly string[],
  signal?: AbortSignal,
): Promise<VirtualEnvironment> {
  const python = await findPython(signal);
  const pins = await Promise.all(requirements.map(file => readFile(file, 'utf8')));
  const digest = createHash('sha256').update(pins.join('\n')).digest('hex');
  const folder = await cached(
    {
      name: `venv-${name}`,
      key: [python.command, python.version, digest].join(' '),
      build: (directory, home) => create(python, directory, home, requirements, signal),
    },
    signal,
  );
  return { folder, python: join(folder, 'bin', 'python') };
}

async function create(
  python: Python,
  directory: string,
  home: string,
  requirements: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  await createEmpty(python, directory, signal);
  const files = requirements.flatMap(file => ['--requirement', file]);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', ...files];
  const { code, output } = await run(join(directory, 'bin', 'python'), install, { signal });
  if (code !== 0) throw installFailure(code, output);
  await rename(directory, home);
}

async function createEmpty(
  python: Python,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const make = () => run(python.command, ['-m', 'venv', '--clear', directory], { signal });
  const first = await make();
  if (first.code === 0) return;
  const [major, minor] = python.version.split('.');
  const packages = [`python${major}.${minor}-venv`];
  const outcome = await installDebianPackages(packages, signal);
  if (outcome.kind === 'installed' && (await make()).code === 0) return;
  throw new SetupError(
    `Python ${python.version} cannot make virtual environments: install ${packages[0]} (or another Python), then try again.`,
  );
}

function installFailure(code: number, output: string): Error {
  if (saysUnreachable(output)) {
    return new SetupError('The Python package index cannot be reached: check the network, then try again.');
  }
  return new Error(`pip install failed with exit code ${code}.\n${output.trim()}`);
}

/** The scripts of a virtual environment name its folder, so they are rewritten for the one where it will live. */
async function rename(directory: string, home: string): Promise<void> {
  const bin = join(directory, 'bin');
  for (const entry of await readdir(bin, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(bin, entry.name);
    const content = await readFile(path);
    if (content.includes(0)) continue;
    await writeFile(path, content.toString('utf8').replaceAll(directory, home));
  }
}
