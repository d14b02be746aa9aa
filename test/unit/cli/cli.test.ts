/** The built command line, as programs call it: exit codes, the public JSON, one line for what went wrong. */
import assert from 'node:assert/strict';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type TemporaryFolder, temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import { buildOnce } from '../../build.ts';
import { type CommandRun, runCommandLine } from '../../command-line.ts';
import { testDatabase } from '../../postgres.ts';
import { writeFiles } from '../../write-files.ts';

const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy import create_engine, select, text

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

engine = create_engine("postgresql://localhost/shop", pool_size=3, connect_args={"application_name": "cli-test"})
everyone = select(User).where(User.name is None)
some = text("SELECT id, nmae FROM users")
`;

/** The project that most tests ask about. None writes into it. */
let shared: TemporaryFolder;

before(async () => {
  shared = await folderOf({ 'models.py': models });
});
after(() => shared[Symbol.asyncDispose]());

async function folderOf(files: Readonly<Record<string, string>>): Promise<TemporaryFolder> {
  const folder = await temporaryFolder('cli');
  await writeFiles(folder.path, files);
  return folder;
}

function run(...parameters: readonly string[]): Promise<CommandRun> {
  return runIn(shared.path, ...parameters);
}

function runIn(cwd: string, ...parameters: readonly string[]): Promise<CommandRun> {
  return runCommandLine(parameters, { cwd });
}

test('check prints findings and coverage as the contract says, and exits with 1', async () => {
  const { code, output } = await run('check', '--format', 'json');
  const report = JSON.parse(output);
  assert.equal(code, 1);
  assert.equal(report.version, 1);
  assert.equal(report.files, 1);
  assert.deepEqual(
    report.findings.map((finding: { rule: string; file: string; fix: string; range: unknown }) => [
      finding.rule,
      finding.file,
      finding.fix,
      finding.range,
    ]),
    [
      [
        'identity-test-on-column',
        'models.py',
        'safe',
        { start: { line: 13, column: 31 }, end: { line: 13, column: 48 } },
      ],
      [
        'unknown-column',
        'models.py',
        'review',
        { start: { line: 14, column: 25 }, end: { line: 14, column: 29 } },
      ],
    ],
  );
  assert.deepEqual(report.coverage.sql, { total: 1, checked: 1, unknown: 0 });
});

test('check fails at the level that was asked for', async () => {
  assert.equal((await run('check', '--fail-on', 'never')).code, 0);
});

test('without a schema only the rules speak', async () => {
  const { output } = await run('check', '--schema', 'none', '--format', 'json');
  const report = JSON.parse(output);
  assert.deepEqual(
    report.findings.map((finding: { rule: string }) => finding.rule),
    ['identity-test-on-column'],
  );
  assert.equal(report.coverage.sql.unknown, 1);
});

test('what was not checked is said with its reasons', async () => {
  const asked = ['check', '--schema', 'none', '--no-cache'];
  assert.match(
    (await run(...asked)).output,
    /\n2 not checked, which is no pass \(dbpatterns statements lists them\):\n {2}2: [^\n]+\.\n$/,
  );
  const { reasons } = JSON.parse((await run(...asked, '--format', 'json')).output);
  assert.deepEqual(
    reasons.map((each: { statements: number }) => each.statements),
    [2],
  );
});

test('a check whose PostgreSQL does not start is none that found nothing', async () => {
  await using apart = await temporaryFolder('program');
  const built = await buildOnce();
  const dist = join(apart.path, 'dist');
  await cp(built, dist, { recursive: true, filter: path => !/pglite|\.map$/.test(path) });
  await cp(join(built, '..', 'package.json'), join(apart.path, 'package.json'));
  await using project = await folderOf({
    'query.py': 'from sqlalchemy import text\nsome = text("SELECT 1")\n',
  });
  const check = (...parameters: readonly string[]) =>
    runCommandLine(['check', '--no-cache', ...parameters], {
      program: join(dist, 'cli.js'),
      cwd: project.path,
    });
  const { code, output, errors } = await check('--format', 'json');
  const { unjudged, findings, coverage } = JSON.parse(output);
  assert.deepEqual([code, findings, coverage.sql.unknown], [2, [], 1]);
  assert.match(unjudged, /^the built-in PostgreSQL could not start, since .*: not all SQL was judged/);
  assert.equal(errors, `dbpatterns: ${unjudged}\n`);
  const sarif = JSON.parse((await check('--format', 'sarif')).output);
  assert.deepEqual(sarif.runs[0].invocations, [
    {
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: unjudged } }],
    },
  ]);
  assert.match((await check('--format', 'github')).output, /^::error title=dbpatterns::the built-in/);
  assert.equal((await check('--fail-on', 'never')).code, 2);
  assert.equal((await check('--schema', 'none')).code, 0);
  await writeFiles(project.path, { 'query.py': models });
  assert.equal((await check()).code, 1, 'findings come first');
});

test('a part of a project is checked with its settings and models, and mistakes in the settings are told', async () => {
  await using project = await folderOf({
    'pyproject.toml': '[tool.dbpatterns.rules]\nidentity-test-on-column = "hint"\nunknown-colum = "off"\n',
    'models.py': models,
    'app/some.py':
      'from sqlalchemy import select\nfrom models import User\nselect(User).where(User.name is None)\n',
  });
  const asked = ['--no-cache', '--format', 'json', '--schema', 'none'];
  const part = await runIn(join(project.path, 'app'), 'check', ...asked);
  const whole = await runIn(project.path, 'check', ...asked);
  const found = ({ output }: CommandRun) =>
    JSON.parse(output).findings.map((each: Record<string, unknown>) => `${each.rule} ${each.severity}`);
  assert.deepEqual(found(part), ['identity-test-on-column hint']);
  assert.match(part.errors, /pyproject\.toml: there is no rule unknown-colum; did you mean unknown-column\?/);
  assert.deepEqual(found(whole), [
    'identity-test-on-column hint',
    'identity-test-on-column hint',
    'unreadable-settings warning',
  ]);
  assert.equal(whole.errors, '');
});

test('SARIF and GitHub', async () => {
  const sarif = JSON.parse((await run('check', '--format', 'sarif')).output);
  assert.equal(sarif.version, '2.1.0');
  assert.equal(sarif.runs[0].results.length, 2);
  assert.match((await run('check', '--format', 'github')).output, /^::error file=models\.py,line=13,col=31/m);
});

test('statements', async () => {
  const { output } = await run('statements', '--format', 'json');
  const { statements } = JSON.parse(output);
  assert.deepEqual(
    statements.map((each: { kind: string; sql: string | null; line: number }) => [each.kind, each.line]),
    [
      ['select', 13],
      ['text', 14],
    ],
  );
});

test('models as JSON, and as DDL that PostgreSQL would take', async () => {
  const { models } = JSON.parse((await run('models', '--format', 'json')).output);
  assert.deepEqual([models[0].name, models[0].table, models[0].line], ['User', 'users', 7]);
  assert.deepEqual(models[0].columns[1], {
    attribute: 'name',
    column: 'name',
    type: 'VARCHAR',
    nullable: false,
    primaryKey: false,
    unique: false,
    index: false,
    default: null,
    serverDefault: null,
    foreignKey: null,
  });
  assert.match((await run('models', '--format', 'sql')).output, /CREATE TABLE users/);
  assert.match((await run('models', '--format', 'mermaid')).output, /^erDiagram/);
});

test('check tells what is wrong in alembic.ini', async () => {
  await using project = await folderOf({
    'migrations/env.py': 'from alembic import context\n',
    'alembic.ini':
      '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://app:p%40ss@localhost/app\n',
  });
  const { output } = await run('check', project.path, '--format', 'json', '--schema', 'none');
  const found = JSON.parse(output).findings.map(
    ({ rule, file }: { rule: string; file: string }) => `${rule} ${basename(file)}`,
  );
  assert.ok(found.includes('percent-in-url alembic.ini'), found.join(', '));
});

test('pool prints what the server says at that moment', async () => {
  await using database = await testDatabase();
  const { code, output } = await run('pool', '--database-url', database.url, '--format', 'json');
  assert.equal(code, 0);
  const report = JSON.parse(output);
  assert.equal(typeof report.server.maxConnections, 'number');
  assert.ok(Array.isArray(report.pools));
});

test('pool reads the current folder only where it has the size of a project, and says so', async () => {
  await using database = await testDatabase();
  const code = `from sqlalchemy import create_engine
engine = create_engine(settings.url, pool_size=3, connect_args={"application_name": "large"})
`;
  const empty = Array.from({ length: 3000 }, (_, index) => [`empty_${index}.py`, ''] as const);
  await using large = await folderOf({ 'engine.py': code, ...Object.fromEntries(empty) });
  const applications = async (...parameters: readonly string[]) => {
    const { code, output, errors } = await runIn(large.path, 'pool', ...parameters, '--format', 'json');
    assert.equal(code, 0, errors);
    const { pools }: { pools: readonly { application: string }[] } = JSON.parse(output);
    return { errors, names: pools.map(({ application }) => application) };
  };
  const unread = await applications('--database-url', database.url);
  assert.deepEqual(unread.names.includes('large'), false);
  assert.match(
    unread.errors,
    /^dbpatterns: the current folder holds 3001 files of Python, .*name a project's folder.*\n$/,
  );
  const read = await applications('.', '--database-url', database.url);
  assert.ok(read.names.includes('large'));
  assert.match(read.errors, /^dbpatterns: reads 3001 files of Python for their engines\n$/);
  const { output } = await runIn(large.path, 'pool', 'engine.py', '--database-url', database.url);
  assert.match(output, /^large is made at engine\.py:2: .*pool_size 3/m);
});

test('pool says at once that nothing answers, whatever there is to read', async () => {
  const { code, errors } = await runIn('/', 'pool', '/', '--database-url', 'postgresql://127.0.0.1:1/shop');
  assert.equal(code, 2);
  assert.match(errors, /^dbpatterns: Nothing answers at 127\.0\.0\.1:1/);
});

test('pool explains its options', async () => {
  const { code, output } = await run('pool', '--help');
  assert.equal(code, 0);
  assert.match(output, /^PATH .*current folder/m);
  assert.match(output, /^Exits with 0 .* else with 2/m);
});

test('pool shows the sessions of the database, and how many others the server has', async () => {
  await using database = await testDatabase('own');
  const elsewhere = new URL(database.url);
  elsewhere.pathname = '/postgres';
  const clients = [database.url, database.url, elsewhere.href].map(
    connectionString => new pg.Client({ connectionString, application_name: 'shop\u001b' }),
  );
  for (const client of clients) await client.connect();
  try {
    const { output } = await run('pool', '--database-url', database.url);
    assert.match(output, /: 4 of \d+ connections used \(max_connections \d+, 1 ours, 1 in other databases\)/);
    assert.match(output, /^shop\S* +0 +0 +2 +0 +– +2 /m);
  } finally {
    for (const client of clients) await client.end();
  }
});

test('migrations of a folder without any', async () => {
  assert.deepEqual(JSON.parse((await run('migrations', '--format', 'json')).output), { environments: [] });
});

test('a wrong call is one line and exit code 2', async () => {
  for (const parameters of [
    ['chekc'],
    ['check', '--format', 'xml'],
    ['check', '--nonsense'],
    ['check', 'no/such/folder'],
    ['explain', 'identity-test'],
    ['pool'],
    ['pool', '--database-url', 'mysql://h/d'],
  ]) {
    const { code, errors } = await run(...parameters);
    assert.equal(code, 2, parameters.join(' '));
    assert.equal(errors.trim().split('\n').length, 1, errors);
  }
});

test('a server that does not answer is one line, without the password', async () => {
  const { code, errors } = await run('pool', '--database-url', 'postgresql://ann:s3cret@127.0.0.1:1/shop');
  assert.equal(code, 2);
  assert.match(errors, /^dbpatterns: .*127\.0\.0\.1/);
  assert.doesNotMatch(errors, /s3cret/);
});

test('scaffold shows with --dry-run what it would write, and refuses answers that lead nowhere', async () => {
  await using project = await folderOf({ 'models.py': models });
  const answered = async (given: unknown) => {
    await writeFiles(project.path, { 'answers.json': JSON.stringify(given) });
    return runIn(project.path, 'scaffold', 'model', '--answers', 'answers.json', '--dry-run');
  };
  const shown = await answered({
    name: 'Invoice',
    columns: [{ name: 'number', type: 'string', length: '20' }],
  });
  assert.equal(shown.code, 0, shown.errors);
  assert.match(shown.output, /class Invoice\(Base\):/);
  assert.equal(
    (await runIn(project.path, 'models', '--format', 'json')).output.includes('Invoice'),
    false,
    'nothing was written',
  );
  for (const [given, told] of [
    [{ name: 'not a name' }, /^dbpatterns: A class name begins with a capital letter[^\n]*\n$/],
    [{ name: 'Invoice', colums: [] }, /There is no question "colums"\. Did you mean "columns"\?\n$/],
    [{ name: 'Invoice', columns: [{ name: 'a', tpye: 'text' }] }, /question "tpye"\. Did you mean "type"\?/],
  ] as const) {
    const refused = await answered(given);
    assert.equal(refused.code, 2);
    assert.match(refused.errors, told);
  }
});

test('scaffold asks by its exit code what becomes of a file that is there', async () => {
  await using project = await folderOf({ 'models.py': models, 'answers.json': '{}' });
  const scaffold = (...options: readonly string[]) =>
    runIn(project.path, 'scaffold', 'test-fixtures', '--answers', 'answers.json', ...options);
  assert.equal((await scaffold()).code, 0);
  const conftest = join(project.path, 'tests', 'conftest.py');
  await writeFile(conftest, '"""Mine."""\n');
  const asked = await scaffold();
  assert.equal(asked.code, 2);
  assert.match(
    asked.errors,
    /^dbpatterns: tests\/conftest\.py is there already[\s\S]*--on-clash keep, beside or replace/,
  );
  assert.equal(await readFile(conftest, 'utf8'), '"""Mine."""\n');
  assert.equal((await scaffold('--on-clash', 'keep')).code, 0);
  assert.equal(await readFile(conftest, 'utf8'), '"""Mine."""\n');
  const shown = await scaffold('--on-clash', 'replace', '--dry-run');
  assert.match(shown.output, /^-"""Mine\."""$/m);
  await scaffold('--on-clash', 'beside');
  assert.match(await readFile(join(project.path, 'tests', 'conftest_new.py'), 'utf8'), /@pytest/);
  assert.equal(await readFile(conftest, 'utf8'), '"""Mine."""\n');
  assert.equal((await scaffold('--on-clash', 'ask')).code, 2);
});

test('Node keeps the compiled program, and what stands where it would is no matter', async () => {
  await using kept = await folderOf({ 'no-folder': '' });
  const started = async (cache: string) => {
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    const { code, output, errors } = await runCommandLine(['--help'], { env });
    assert.equal(code, 0, errors);
    return output;
  };
  const first = await started(kept.path);
  const compiled = join(kept.path, 'database-patterns', 'compiled');
  const [version = ''] = await readdir(compiled);
  assert.ok((await readdir(join(compiled, version))).length > 0);
  assert.equal(await started(kept.path), first);
  assert.equal(await started(join(kept.path, 'no-folder')), first);
});
