/**
 * Revisions written without Python, held against Alembic: for each change of models both say what differs, then Alembic runs
 * the written revision up, down and up again on PostgreSQL, and its own comparison must find nothing left. Where the two lists
 * of operations differ, `differences.md` has to say why.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describedSchema, driftWithRenames } from '../../src/features/drift/drift.ts';
import { creationTime } from '../../src/scaffold/migration/creation-time.ts';
import { writeMigration } from '../../src/scaffold/migration/write-migration.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import type { Constraint, SchemaChange } from '../../src/schema/schema-change.ts';
import { databaseOn } from '../postgres.ts';
import { workspaceOf } from '../workspace.ts';
import { type AutogenerateCase, cases, moduleOf } from './cases.ts';

export interface AutogenerateOptions {
  readonly python: string;
  /** A superuser's address; the check makes a database of its own there. */
  readonly postgresUrl: string;
}

export interface AutogenerateOutcome {
  readonly name: string;
  readonly failures: readonly string[];
}

interface WrittenCase {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly module: string | null;
  readonly versions: string;
  readonly ours: readonly string[];
}

interface AlembicAnswer {
  readonly name: string;
  readonly error?: string;
  readonly theirs: readonly string[];
  readonly code: string;
  readonly left: readonly string[];
  readonly back?: readonly string[];
  readonly types: readonly string[];
  readonly again: readonly string[];
}

const style = { lineLength: 100, quote: '"', python: 311 } as const;
const shop = join(import.meta.dirname, '..', 'workspaces', 'shop');

export async function checkAutogenerate(
  options: AutogenerateOptions,
): Promise<readonly AutogenerateOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dbpatterns-autogenerate-'));
  try {
    const written = [await writeShop(join(folder, 'shop'))];
    for (const [position, each] of cases.entries())
      written.push(await writeCase(each, join(folder, String(position))));
    await using database = await databaseOn(options.postgresUrl);
    return judge(written, askAlembic(written, { ...options, postgresUrl: database.url }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ini = '[alembic]\nscript_location = migrations\nfile_template = %%(rev)s\n';
const env =
  'from alembic import context\nfrom models import Base\ncontext.configure(target_metadata=Base.metadata, compare_server_default=True)\n';

/** The first revision makes the models of before out of nothing; the second, the change. */
async function writeCase(
  { name, before, after, renames }: AutogenerateCase,
  folder: string,
): Promise<WrittenCase> {
  const versions = join(folder, 'versions');
  mkdirSync(versions, { recursive: true });
  const files: Record<string, string> = {
    'alembic.ini': ini,
    'migrations/env.py': env,
    'migrations/versions/__init__.py': '',
    'models.py': moduleOf(before),
  };
  const first = await draft(files, { id: 'first', renames: [] });
  files['migrations/versions/first.py'] = first.text;
  files['models.py'] = moduleOf(after);
  const second = await draft(files, { id: 'second', renames: renames ?? [] });
  writeFileSync(join(versions, 'first.py'), first.text);
  writeFileSync(join(versions, 'second.py'), second.text);
  const ours = second.changes.flatMap(tell).sort();
  return { name, before: moduleOf(before), after: moduleOf(after), module: null, versions, ours };
}

/** The sample shop, whose newest revision is written anew. */
async function writeShop(folder: string): Promise<WrittenCase> {
  const versions = join(folder, 'versions');
  mkdirSync(versions, { recursive: true });
  const paths = readdirSync(shop, { recursive: true, encoding: 'utf8' }).filter(path =>
    /\.(?:py|ini|toml|mako)$/.test(path),
  );
  const newest =
    paths
      .filter(path => path.includes('versions/'))
      .sort()
      .at(-1) ?? '';
  const files = Object.fromEntries(
    paths.filter(path => path !== newest).map(path => [path, readFileSync(join(shop, path), 'utf8')]),
  );
  const { text, changes } = await draft(files, { id: 'again', renames: [] });
  for (const [path, content] of Object.entries(files))
    if (path.includes('versions/')) writeFileSync(join(versions, basename(path)), content);
  writeFileSync(join(versions, 'again.py'), text);
  return {
    name: 'the shop',
    before: null,
    after: null,
    module: 'app.models',
    versions,
    ours: changes.flatMap(tell).sort(),
  };
}

async function draft(
  files: Readonly<Record<string, string>>,
  { id, renames }: { readonly id: string; readonly renames: readonly string[] },
): Promise<{ readonly text: string; readonly changes: readonly SchemaChange[] }> {
  const workspace = await workspaceOf(files);
  const environment = workspace.environments[0];
  if (!environment) throw new Error('there is no environment');
  const before =
    environment.graph.nodes.length === 0
      ? { schema: emptySchema, doubts: [] }
      : describedSchema(workspace, environment, 'migrations');
  const after = describedSchema(workspace, environment, 'models');
  const drift = driftWithRenames(workspace, environment, { before, after }, renames);
  const written = writeMigration({
    environment,
    id,
    message: id,
    time: creationTime(new Date(0), 'UTC'),
    down: environment.graph.heads,
    ...drift,
    template: workspace.textOf('/project/migrations/script.py.mako') ?? null,
    style,
  });
  if (!written || written.notes.length > 0 || drift.doubts.length > 0)
    throw new Error([...(written?.notes ?? []), ...drift.doubts].join('; '));
  return { text: written.text, changes: drift.changes };
}

/** One line a change, as `alembic_autogenerate.py` tells Alembic's. Indexes of a table are changes of their own there. */
function tell(change: SchemaChange): readonly string[] {
  switch (change.kind) {
    case 'create-table':
    case 'drop-table': {
      const verb = verbOf(change.kind);
      const { name, indexes } = change.table;
      return [`${verb} table ${name}`, ...indexes.map(index => `${verb} index ${index.name} on ${name}`)];
    }
    case 'add-column':
    case 'drop-column':
      return [`${verbOf(change.kind)} column ${change.table.name}.${change.column.name}`];
    case 'alter-column':
      return change.aspects.map(
        aspect =>
          `alter column ${change.table.name}.${change.after.name} ${aspect === 'identity' ? 'default' : aspect}`,
      );
    case 'create-index':
    case 'drop-index':
      return [`${verbOf(change.kind)} index ${change.index.name} on ${change.table.name}`];
    case 'create-constraint':
    case 'drop-constraint':
      return [
        `${verbOf(change.kind)} ${change.constraint.kind} ${change.table.name} (${constraintText(change.constraint)})`,
      ];
    case 'comment-table':
      return [`comment table ${change.table.name}`];
    case 'rename-table':
      return [`rename table ${change.table.name}`];
    case 'rename-column':
      return [`rename column ${change.table.name}.${change.column}`];
    case 'create-enum':
    case 'drop-enum':
      return [`${verbOf(change.kind)} enum ${change.type.name}`];
    case 'alter-enum':
      return [`alter enum ${change.after.name}`];
    default:
      return [change.kind];
  }
}

function verbOf(kind: string): string {
  return /^(?:create|add)/.test(kind) ? 'add' : 'remove';
}

function constraintText(constraint: Constraint): string {
  return constraint.kind === 'check' ? (constraint.check.name ?? '') : constraint.key.columns.join(',');
}

function askAlembic(
  written: readonly WrittenCase[],
  { python, postgresUrl }: AutogenerateOptions,
): readonly AlembicAnswer[] {
  const script = join(import.meta.dirname, 'alembic_autogenerate.py');
  const { status, stdout, stderr } = spawnSync(python, [script], {
    cwd: shop,
    input: JSON.stringify({ url: postgresUrl, cases: written }),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: shop },
  });
  if (status !== 0) throw new Error(`${python} failed: ${stderr}`);
  return JSON.parse(stdout) as AlembicAnswer[];
}

function judge(
  written: readonly WrittenCase[],
  answers: readonly AlembicAnswer[],
): readonly AutogenerateOutcome[] {
  const explained = explanations();
  const outcomes = written.map((each, position) => {
    const answer = answers[position];
    if (!answer || answer.error !== undefined)
      return { name: each.name, failures: [answer?.error ?? 'no answer'] };
    const missing = lacking(answer.theirs, each.ours).map(line => `Alembic alone: ${line}`);
    const extra = lacking(each.ours, answer.theirs).map(line => `ours alone: ${line}`);
    const unexplained = [...missing, ...extra].filter(line => !explained.delete(`${each.name} | ${line}`));
    return {
      name: each.name,
      failures: [
        ...unexplained.map(line => `not explained in differences.md: ${line}\n${answer.code}`),
        ...answer.left.map(line => `left after the upgrade: ${line}`),
        ...(answer.back ?? []).map(line => `left after the downgrade: ${line}`),
        ...answer.types.map(name => `type left behind: ${name}`),
        ...answer.again.map(line => `left after the second upgrade: ${line}`),
      ],
    };
  });
  const stale = [...explained].map(line => `differences.md explains what does not differ: ${line}`);
  return [...outcomes, { name: 'differences.md', failures: stale }];
}

function lacking(lines: readonly string[], others: readonly string[]): readonly string[] {
  return lines.filter(line => !others.includes(line));
}

/** `case | difference` of each row of the table. */
function explanations(): Set<string> {
  const text = readFileSync(join(import.meta.dirname, 'differences.md'), 'utf8');
  const rows = text.split('\n').filter(line => line.startsWith('| ') && !/^\| (?:case|---)/.test(line));
  return new Set(
    rows.map(row =>
      row
        .split('|')
        .slice(1, 3)
        .map(cell => cell.trim())
        .join(' | '),
    ),
  );
}

if (process.argv[1] === import.meta.filename) {
  const { DBPATTERNS_TEST_PYTHON: python, DBPATTERNS_TEST_POSTGRES: postgresUrl } = process.env;
  if (python === undefined || postgresUrl === undefined)
    throw new Error(
      'Set DBPATTERNS_TEST_PYTHON to a Python with Alembic, and DBPATTERNS_TEST_POSTGRES to a server’s address.',
    );
  for (const { name, failures } of await checkAutogenerate({ python, postgresUrl })) {
    console.log(`${failures.length === 0 ? 'passed' : 'FAILED'} ${name}`);
    for (const failure of failures) console.log(`  ${failure.replaceAll('\n', '\n  ')}`);
    if (failures.length > 0) process.exitCode = 1;
  }
}
