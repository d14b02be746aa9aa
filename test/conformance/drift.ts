/**
 * `node test/conformance/drift.ts [FOLDER…] [--variable NAME[=SCHEME]]…`: what `dbpatterns drift` says of the shop and of
 * the projects in the folders, held against Alembic, which runs their revisions on PostgreSQL and compares the database with the
 * models, as it is and without its newest revision. A folder has the project's virtual environment as `.venv`. The address of the database is in each variable that is named, with
 * that scheme. Writes its section of `RESULTS.md`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyShop, shopEnvironment } from '../../src/tools/shop.ts';
import { testDatabase } from '../postgres.ts';
import { table, writeSection } from './results.ts';

interface ReportedOperation {
  readonly operation: string;
  readonly schema: string | null;
  readonly table: string | null;
  readonly name: string | null;
}

interface ReportedEnvironment {
  /** Relative to the folder. */
  readonly config: string;
  /** Null for the default one. */
  readonly section: string | null;
  readonly operations: readonly ReportedOperation[];
  readonly doubts: readonly string[];
}

interface Judgement {
  readonly project: string;
  readonly state: string;
  readonly doubts: number;
  readonly both: number;
  readonly byAlembic: readonly string[];
  readonly byUs: readonly string[];
}

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const { values, positionals } = parseArgs({
  options: { variable: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});

const shop = await shopEnvironment();
const work = mkdtempSync(join(tmpdir(), 'dbpatterns-drift-'));
const judged: Judgement[] = [];
try {
  const ready = join(work, 'shop');
  await copyShop(ready, shop);
  for (const folder of [ready, ...positionals.map(path => resolve(path))]) {
    judged.push(...(await judge(folder, 'as it is')));
    judged.push(...(await judge(withoutNewest(folder), 'without its newest revision')));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

writeSection({
  name: 'drift',
  title: 'Drift, held against Alembic',
  versions: [`Alembic ${versionOf(shop.python)} for the shop`, `Node.js ${process.versions.node}`],
  body: [
    'Alembic ran all revisions on PostgreSQL and compared the database with the models; `dbpatterns drift` read both.',
    'What is made or dropped with a table is counted with it.',
    '',
    table(
      ['project', 'revisions', 'told by both', 'by Alembic alone', 'by us alone', 'doubts'],
      judged.map(({ project, state, both, byAlembic, byUs, doubts }) => [
        project,
        state,
        both,
        byAlembic.length,
        byUs.length,
        doubts,
      ]),
    ),
    '',
    ...judged.flatMap(({ project, state, byAlembic, byUs }) => [
      ...byAlembic.map(each => `- ${project} ${state}, by Alembic alone: ${each}`),
      ...byUs.map(each => `- ${project} ${state}, by us alone: ${each}`),
    ]),
  ].join('\n'),
});

async function judge(folder: string, state: string): Promise<readonly Judgement[]> {
  const judgements: Judgement[] = [];
  for (const { config, section, operations, doubts } of driftOf(folder)) {
    await using database = await testDatabase();
    const theirs = alembicSays(folder, config, section, database.url);
    const ours = described(operations.map(each => [each.operation, each.schema, each.table, each.name]));
    judgements.push({
      project: `${basename(folder)} (${config})`,
      state,
      doubts: doubts.length,
      both: ours.filter(each => theirs.includes(each)).length,
      byAlembic: theirs.filter(each => !ours.includes(each)),
      byUs: ours.filter(each => !theirs.includes(each)),
    });
    console.log(JSON.stringify({ ...judgements.at(-1), doubts }, null, 2));
  }
  return judgements;
}

/** A copy that has not seen the last change of its models: without the revision file that nothing follows. */
function withoutNewest(folder: string): string {
  const target = join(work, 'behind', basename(folder));
  cpSync(folder, target, { recursive: true, filter: path => basename(path) !== '.venv' });
  symlinkSync(realpathSync(join(folder, '.venv')), join(target, '.venv'));
  // Several configurations may share their revisions.
  const newest = driftOf(target).map(({ config, section }) =>
    askPython(target, config, ['--newest', section ?? 'alembic'], {}),
  );
  for (const path of new Set(newest)) rmSync(JSON.parse(path) as string);
  return target;
}

function driftOf(folder: string): readonly ReportedEnvironment[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'drift', '.', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0 && status !== 1) throw new Error(`drift of ${folder} ended with ${status}: ${stderr}`);
  return (JSON.parse(stdout) as { environments: readonly ReportedEnvironment[] }).environments;
}

type Operation = readonly [kind: string, schema: string | null, table: string | null, name: string | null];

function alembicSays(folder: string, config: string, section: string | null, url: string): readonly string[] {
  const answer = askPython(folder, config, ['--differences', section ?? 'alembic'], variables(url));
  return described(JSON.parse(answer) as readonly Operation[]);
}

function askPython(
  folder: string,
  config: string,
  question: readonly string[],
  variables: Readonly<Record<string, string>>,
): string {
  const python = join(folder, '.venv', 'bin', 'python');
  if (!existsSync(python)) throw new Error(`${folder} has no .venv`);
  const path = join(folder, config);
  const { status, stdout, stderr } = spawnSync(
    python,
    [join(import.meta.dirname, 'drift_oracle.py'), path, ...question],
    { cwd: dirname(path), encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...variables } },
  );
  if (status !== 0) throw new Error(`Alembic failed for ${path}: ${stderr.slice(-3000)}`);
  return stdout;
}

/** The shop's own settings take an asynchronous driver. */
function variables(url: string): Readonly<Record<string, string>> {
  const named = values.variable.map(each => each.split('=') as [string, string?]);
  const all: readonly [string, string?][] = [['DATABASE_URL', 'postgresql+asyncpg'], ...named];
  return Object.fromEntries(
    all.map(([name, scheme = 'postgresql']) => [name, url.replace(/^postgres(?:ql)?(?=:)/, scheme)]),
  );
}

/** Once each; without what comes or goes with its table. */
function described(operations: readonly Operation[]): readonly string[] {
  const whole = new Set(
    operations
      .filter(([kind]) => kind === 'create-table' || kind === 'drop-table')
      .map(([, schema, owner]) => `${schema ?? 'public'}.${owner}`),
  );
  const kept = operations.filter(
    ([kind, schema, owner]) =>
      /^(?:create|drop)-table$/.test(kind) || !whole.has(`${schema ?? 'public'}.${owner}`),
  );
  const texts = kept.map(([kind, schema, owner, name]) =>
    [
      kind,
      [schema === 'public' ? null : schema, owner].filter(part => part !== null).join('.'),
      name === owner ? '' : (name ?? ''),
    ]
      .join(' ')
      .trim(),
  );
  return [...new Set(texts)].sort();
}

function versionOf(python: string): string {
  const { stdout } = spawnSync(python, ['-c', 'import alembic; print(alembic.__version__)'], {
    encoding: 'utf8',
  });
  return stdout.trim();
}
