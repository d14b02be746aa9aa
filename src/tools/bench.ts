/**
 * `npm run bench [-- DIR… [--write]]`: how long things take on real folders, beside other tools in the same run. Prints a
 * table; `--write` puts it into test/bench/RESULTS.md. Without folders it measures the sample workspace.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { measureGraph } from './bench/graph.ts';
import { type Measurements, measure } from './bench/measure.ts';
import { type PeerTime, timePeers } from './bench/peers.ts';
import { measureWatch } from './bench/watch.ts';
import { stopSignal } from './stop-signal.ts';

const root = join(import.meta.dirname, '..', '..');
const given = process.argv.slice(2);
const folders = given.filter(each => !each.startsWith('--'));
const signal = stopSignal();

const rows: string[] = [];
for (const folder of folders.length > 0 ? folders : [join(root, 'test', 'workspaces', 'shop')]) {
  const path = resolve(folder).replaceAll('\\', '/');
  rows.push(...row(basename(path), await measure(path), await timePeers(path, signal)));
}
const cost = await measureWatch();
const graph = await measureGraph(550, signal);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const table = [
  `Database Patterns ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
  '',
  '| folder | files (parsed) | models, statements | open | facts | rules | edit to facts, p50 / p95 | heap | beside it |',
  '|---|---|---|---|---|---|---|---|---|',
  ...rows,
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

function row(name: string, found: Measurements, peers: readonly PeerTime[]): readonly string[] {
  const { edit } = found;
  const cells = [
    name,
    `${found.files} (${found.parsed})`,
    `${found.models}, ${found.statements}`,
    ...[found.open, found.facts, found.rules].map(milliseconds),
    edit === null
      ? '–'
      : `${milliseconds(edit.median)} / ${milliseconds(edit.p95)} (${basename(edit.path)}, ${edit.lines} lines)`,
    `${Math.round(found.heap)} MB`,
    peers.map(peer => `${peer.name} ${milliseconds(peer.milliseconds)}`).join('; ') || 'nothing installed',
  ];
  return [`| ${cells.join(' | ')} |`];
}

function milliseconds(time: number): string {
  return `${Math.round(time)} ms`;
}
