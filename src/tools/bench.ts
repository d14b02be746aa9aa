/**
 * `npm run bench [-- DIR… [--write]]`: how long things take on real folders, beside other tools in the same run. Prints a
 * table; `--write` puts it into test/bench/RESULTS.md. Without folders it measures the sample workspace.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type CommandLineCosts, measureCommandLine } from './bench/command-line.ts';
import { measureGraph } from './bench/graph.ts';
import { type Keystrokes, measureKeystrokes } from './bench/keystrokes.ts';
import type { Cost } from './bench/measured-run.ts';
import { type ModelChange, measureModelChange } from './bench/model-change.ts';
import { measurePeers, type PeerCosts } from './bench/peers.ts';
import { measureServerStarts, type ServerStart, type ServerStarts } from './bench/server-start.ts';
import type { Spread } from './bench/spread.ts';
import { writeSyntheticProject } from './bench/synthetic-project.ts';
import { measureWatch } from './bench/watch.ts';
import { runOrThrow } from './command.ts';
import { stopSignal } from './stop-signal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = join(import.meta.dirname, '..', '..');
const given = process.argv.slice(2);
const folders = given.filter(each => !each.startsWith('--'));
const signal = stopSignal();
const load = loadavg()[0] ?? 0;
const syntheticFiles = 5_000;

await runOrThrow(process.execPath, [join(root, 'src', 'tools', 'bundle.ts')], { cwd: root, signal });
await using synthetic = await temporaryFolder('synthetic');
writeSyntheticProject(synthetic.path, syntheticFiles);
const measured = folders.length > 0 ? folders : [join(root, 'test', 'workspaces', 'shop')];
const commands: string[] = [];
const edits: string[] = [];
const starts: string[] = [];
const changes: string[] = [];
for (const [name, path] of [
  ...measured.map(named),
  [`${syntheticFiles} synthetic files`, synthetic.path] as const,
]) {
  const peers = await measurePeers(path, signal);
  commands.push(...commandRows(name, await measureCommandLine(path, signal), peers));
  const keystrokes = await measureKeystrokes(path);
  if (keystrokes) edits.push(editRow(name, keystrokes));
  starts.push(startRow(name, await measureServerStarts(path, signal)));
  const change = await measureModelChange(path);
  if (change) changes.push(changeRow(name, change));
}
const cost = await measureWatch();
const graph = await measureGraph(550, signal);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const table = [
  `Database Patterns ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
  '',
  `Load of the machine, per core: ${(load / cpus().length).toFixed(1)} before, ${((loadavg()[0] ?? 0) / cpus().length).toFixed(1)} after. Times are seconds of the clock, in parentheses those of the processor.`,
  '',
  '| folder | what | time | memory | ruff check --select ALL | pyright | of ruff | of pyright, time and memory |',
  '|---|---|---|---|---|---|---|---|',
  ...commands,
  '',
  '| folder | files (parsed) | heap, all checked | edited file | facts of the function | facts of the file | rules | with PostgreSQL | completion in SQL |',
  '|---|---|---|---|---|---|---|---|---|',
  ...edits,
  '',
  '| folder | start of the server | findings of the open file | of all files | processor |',
  '|---|---|---|---|---|',
  ...starts,
  '',
  '| folder | model | a column more in it | files checked again | a comment in it | files checked again |',
  '|---|---|---|---|---|---|',
  ...changes,
  '',
  '| revision graph | cold, texts in memory | cold, from disk | after one changed file | beside it |',
  '|---|---|---|---|---|',
  `| ${graph.revisions} revisions | ${milliseconds(graph.cold)} | ${milliseconds(graph.coldFromDisk)} | ${milliseconds(graph.changed)} | alembic history ${milliseconds(graph.alembic)} |`,
  '',
  '| watching a server | one observation, processor of the server | beside it | with its round trip | ten connections at 1 s |',
  '|---|---|---|---|---|',
  `| ${cost.sessions} sessions | ${cost.server.toFixed(2)} ms | SELECT * FROM pg_stat_activity ${cost.peer.toFixed(2)} ms | ${cost.roundTrip.toFixed(1)} ms | ${(cost.core * 100).toFixed(1)} % of a core |`,
  `| ${cost.fewSessions} sessions | | | | ${(cost.coreOfFew * 100).toFixed(1)} % of a core |`,
  '',
].join('\n');
process.stdout.write(table);
if (given.includes('--write')) {
  mkdirSync(join(root, 'test', 'bench'), { recursive: true });
  writeFileSync(join(root, 'test', 'bench', 'RESULTS.md'), `# Measurements\n\n${table}`);
}

function named(folder: string): [string, string] {
  const path = resolve(folder).replaceAll('\\', '/');
  return [basename(path), path];
}

function commandRows(name: string, costs: CommandLineCosts, peers: PeerCosts): readonly string[] {
  const rows: readonly [string, Cost][] = [
    ['read', costs.read],
    ['check', costs.check],
    ['check, nothing changed', costs.checkAgain],
    [`check, ${costs.edited} changed`, costs.checkEdited],
  ];
  return rows.map(([what, cost]) => {
    const { ruff, pyright } = peers;
    const cells = [
      name,
      what,
      seconds(cost),
      `${Math.round(cost.memory)} MB`,
      ruff ? seconds(ruff) : '–',
      pyright ? `${seconds(pyright)}, ${Math.round(pyright.memory)} MB` : '–',
      ruff ? ratio(cost.seconds, ruff.seconds) : '–',
      pyright ? `${ratio(cost.seconds, pyright.seconds)}, ${ratio(cost.memory, pyright.memory)}` : '–',
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

function editRow(name: string, found: Keystrokes): string {
  const cells = [
    name,
    `${found.files} (${found.parsed})`,
    `${Math.round(found.heap)} MB`,
    `${basename(found.path)}, ${found.lines} lines, ${found.statements} statements`,
    ...[found.facts, found.fileFacts, found.rules, found.verdict, found.completion].map(spread),
  ];
  return `| ${cells.join(' | ')} |`;
}

function startRow(name: string, { first, second, opened }: ServerStarts): string {
  const row = (what: string, { opened: shown, all, processor }: ServerStart) => {
    const file = Number.isNaN(shown) ? '–' : `${shown.toFixed(1)} s (${opened})`;
    return `| ${name} | ${what} | ${file} | ${all.toFixed(1)} s | ${processor.toFixed(1)} s |`;
  };
  return [row('first', first), row('second, nothing changed', second)].join('\n');
}

function changeRow(name: string, { model, naming, column, comment }: ModelChange): string {
  const cells = [column, comment].flatMap(cost => [seconds(cost), `${cost.checked}`]);
  return `| ${[name, `${model}, which ${naming} files name`, ...cells].join(' | ')} |`;
}

function spread({ median, p95 }: Spread): string {
  return Number.isNaN(median) ? '–' : `${median.toFixed(1)} / ${p95.toFixed(1)} ms`;
}

function seconds(cost: Pick<Cost, 'seconds' | 'processor'>): string {
  return `${cost.seconds.toFixed(1)} s (${cost.processor.toFixed(1)})`;
}

function ratio(one: number, other: number): string {
  return `× ${(one / other).toPrecision(2)}`;
}

function milliseconds(time: number): string {
  return `${Math.round(time)} ms`;
}
