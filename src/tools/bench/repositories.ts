/**
 * `node src/tools/bench/repositories.ts`: the scaffolded repository beside advanced-alchemy's, on a real PostgreSQL. Writes
 * test/bench/REPOSITORIES.md: what each gives, the lines that the user owns, and the time of the same tasks.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { applyScaffold, type Texts } from '../../../test/scaffold/apply-scaffold.ts';
import { cached } from '../bootstrap-cache.ts';
import { runOrThrow } from '../command.ts';
import { startPostgres } from '../postgres.ts';
import { scaffoldEnvironment } from '../scaffold-environment.ts';
import { stopSignal } from '../stop-signal.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const peer = 'advanced-alchemy==1.12.0';
const root = join(import.meta.dirname, '..', '..', '..');

interface Comparison {
  /** Seconds: ours, theirs. */
  readonly times: Readonly<Record<string, readonly [number, number]>>;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  readonly lines: readonly [number, number];
  readonly versions: readonly [string, string];
}

const signal = stopSignal();
const { python } = await scaffoldEnvironment(signal);
const build = async (target: string): Promise<void> => {
  const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', target, peer];
  await runOrThrow(python, install, { signal });
};
const library = await cached({ name: 'advanced-alchemy', key: `${peer} ${python}`, build }, signal);
await using scratch = await temporaryFolder('repositories');
await using server = await startPostgres({ signal });
for (const [path, text] of Object.entries(shop())) {
  await mkdir(dirname(join(scratch.path, path)), { recursive: true });
  await writeFile(join(scratch.path, path), text);
}
const url = server.url.replace(/^postgres(?:ql)?:/, 'postgresql+asyncpg:');
const script = join(root, 'test', 'bench', 'repositories.py');
const env = { ...process.env, PYTHONPATH: library };
const { stdout } = await runOrThrow(python, [script, scratch.path, url], { signal, env });
const table = tableOf(JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}'));
process.stdout.write(table);
await writeFile(join(root, 'test', 'bench', 'REPOSITORIES.md'), table);

/** A project with one model and its repository, as the commands write it. */
function shop(): Texts {
  const answers = { package: 'shop', driver: 'asyncpg', fastapi: false, layout: 'package' };
  const columns = [
    { name: 'email', type: 'string', length: '255', unique: true },
    { name: 'age', type: 'integer', nullable: true },
  ];
  const layer = applyScaffold({ 'pyproject.toml': '[project]\nname = "shop"\n' }, 'database-layer', answers);
  const model = applyScaffold(layer.texts, 'model', { name: 'Customer', columns });
  return applyScaffold(model.texts, 'repository', { model: 'Customer' }).texts;
}

function tableOf({ times, ours, theirs, lines, versions }: Comparison): string {
  const seconds = (value: number): string => `${value.toFixed(2)} s`;
  const only = (names: readonly string[], others: readonly string[]): string =>
    names
      .filter(name => !others.includes(name))
      .map(name => `\`${name}\``)
      .join(', ');
  return [
    '# The scaffolded repository beside advanced-alchemy’s',
    '',
    `SQLAlchemy ${versions[0]} with asyncpg, advanced-alchemy ${versions[1]}, one session on a local PostgreSQL; the best of three runs in turns.`,
    'Written by `node src/tools/bench/repositories.ts`.',
    '',
    '| task | scaffolded | advanced-alchemy | ratio |',
    '|---|---|---|---|',
    ...Object.entries(times).map(
      ([task, [own, other]]) =>
        `| ${task} | ${seconds(own)} | ${seconds(other)} | ${(other / own).toFixed(1)} × |`,
    ),
    `| lines that the user owns | ${lines[0]} | ${lines[1]} | |`,
    '',
    `Both: ${ours
      .filter(name => theirs.includes(name))
      .map(name => `\`${name}\``)
      .join(', ')}.`,
    '',
    `Scaffolded alone: ${only(ours, theirs)}.`,
    '',
    `advanced-alchemy alone: ${only(theirs, ours)}.`,
    '',
  ].join('\n');
}
