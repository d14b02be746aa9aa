/**
 * Entry of `npm start` and `npm test` on any Node 20 or later: installs the packages when they are missing or differ
 * from package-lock.json, then hands over to the Node 24 among them, which runs the TypeScript tools directly.
 * Plain JavaScript without dependencies, because nothing is installed yet when it runs.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const modules = join(root, 'node_modules');
const marker = join(modules, '.database-patterns-lock');
const programs = {
  start: 'start.ts',
  test: 'test.ts',
  electron: 'electron.ts',
  postgres: 'postgres-versions.ts',
};

const SETUP_ERROR = 2;
const NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network request/;

class BootError extends Error {}

try {
  process.exitCode = await boot(process.argv[2], process.argv.slice(3));
} catch (error) {
  if (!(error instanceof BootError)) throw error;
  console.error(error.message);
  process.exitCode = SETUP_ERROR;
}

async function boot(name, args) {
  const program = programs[name];
  if (program === undefined) {
    throw new BootError(`Unknown command "${name ?? ''}". Use one of: ${Object.keys(programs).join(', ')}.`);
  }
  checkMachine();
  if (!packagesAreCurrent()) await installPackages();
  return runForwardingSignals(node24(), [join(root, 'src', 'tools', program), ...args], { stdio: 'inherit' });
}

function checkMachine() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    throw new BootError(
      `Node ${process.versions.node} is too old: install Node 20 or later, then try again.`,
    );
  }
  if (process.platform === 'win32') {
    throw new BootError('These scripts need Linux or macOS: on Windows, run them inside WSL.');
  }
}

function packagesAreCurrent() {
  if (!existsSync(modules)) return false;
  const hash = lockHash();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return true;
  if (!installedByHand()) return false;
  writeFileSync(marker, hash);
  return true;
}

/** Whether npm's own record of what it installed agrees with the lock file, as after a plain `npm install`. */
function installedByHand() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readJson(join(root, 'package-lock.json')).packages;
  const installed = readJson(record).packages;
  const missing = Object.entries(wanted).some(
    ([path, entry]) =>
      path !== '' && !entry.optional && !entry.devOptional && !entry.peer && !(path in installed),
  );
  const different = Object.entries(installed).some(
    ([path, entry]) => wanted[path]?.version !== entry.version,
  );
  return !missing && !different;
}

async function installPackages() {
  console.log('Installing packages (npm ci) ...');
  let { code, output } = await npm(['ci']);
  if (code !== 0 && /Missing: .* from lock file/.test(output)) {
    // A registry that lacks some platform's packages leaves them out of the lock file, which npm ci refuses.
    console.log('package-lock.json is not complete: installing without it being exact (npm install) ...');
    ({ code, output } = await npm(['install', '--no-save']));
  }
  if (code !== 0) throw new BootError(explainNpm(output, code));
  writeFileSync(marker, lockHash());
}

async function npm(args) {
  const quiet = ['--no-fund', '--no-audit', '--loglevel=error', '--fetch-retry-maxtimeout=10000'];
  const script = process.env.npm_execpath;
  const command = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
  const chunks = [];
  const code = await runForwardingSignals(command[0], [...command.slice(1), ...args, ...quiet], {
    stdio: ['ignore', 'pipe', 'pipe'],
    onOutput: chunk => chunks.push(chunk),
  });
  return { code, output: Buffer.concat(chunks).toString() };
}

function explainNpm(output, code) {
  if (NETWORK.test(output)) {
    return 'The npm registry cannot be reached: check the network or the proxy setting, then try again.';
  }
  return `${output.trim()}\nnpm failed with exit code ${code}: fix what npm says above, then try again.`;
}

function node24() {
  const installed = join(modules, '.bin', 'node');
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new BootError(
    'Node 24 was not installed, because npm did not run install scripts: run "npm rebuild node esbuild --ignore-scripts=false", then try again.',
  );
}

/** Runs a command in this process group; signals sent to this process alone reach it too. */
function runForwardingSignals(command, args, { stdio, onOutput }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio });
    if (onOutput) for (const stream of [child.stdout, child.stderr]) stream?.on('data', onOutput);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const forward = signal => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    const parent = process.ppid;
    const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000);
    child.once('error', () =>
      reject(new BootError(`${command} could not be started: install Node with npm, then try again.`)),
    );
    child.once('close', (code, signal) => {
      clearInterval(watch);
      for (const name of signals) process.off(name, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
