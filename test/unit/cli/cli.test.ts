/** The built command line, as programs call it: exit codes, the public JSON, one line for what went wrong. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { buildOnce } from '../../build.ts';
import { testDatabase } from '../../postgres.ts';

interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

let folder = '';
let cli = '';

before(async () => {
  cli = join(await buildOnce(), 'cli.js');
  folder = await mkdtemp(join(tmpdir(), 'dbpatterns-cli-'));
  await writeFile(
    join(folder, 'models.py'),
    `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
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
`,
  );
});

after(() => rm(folder, { recursive: true, force: true }));

function run(...parameters: readonly string[]): Promise<Run> {
  return runIn(folder, ...parameters);
}

function runIn(cwd: string, ...parameters: readonly string[]): Promise<Run> {
  return runProgram(cli, cwd, parameters);
}

function runProgram(program: string, cwd: string, parameters: readonly string[]): Promise<Run> {
  return new Promise(resolve => {
    execFile(process.execPath, [program, ...parameters], { cwd }, (error, output, errors) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output, errors });
    });
  });
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
  const apart = await mkdtemp(join(tmpdir(), 'dbpatterns-program-'));
  const program = join(apart, 'program');
  const built = join(cli, '..');
  await cp(built, join(program, 'dist'), { recursive: true, filter: path => !/pglite|\.map$/.test(path) });
  await cp(join(built, '..', 'package.json'), join(program, 'package.json'));
  const project = join(apart, 'clean');
  await mkdir(project);
  await writeFile(join(project, 'query.py'), 'from sqlalchemy import text\nsome = text("SELECT 1")\n');
  const check = (...parameters: readonly string[]) =>
    runProgram(join(program, 'dist', 'cli.js'), project, ['check', '--no-cache', ...parameters]);
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
  await cp(join(folder, 'models.py'), join(project, 'query.py'));
  assert.equal((await check()).code, 1, 'findings come first');
  await rm(apart, { recursive: true });
});

test('a part of a project is checked with its settings and models, and mistakes in the settings are told', async () => {
  const project = await mkdtemp(join(tmpdir(), 'dbpatterns-project-'));
  await mkdir(join(project, 'app'));
  const settings = '[tool.dbpatterns.rules]\nidentity-test-on-column = "hint"\nunknown-colum = "off"\n';
  await writeFile(join(project, 'pyproject.toml'), settings);
  await writeFile(join(project, 'models.py'), await readFile(join(folder, 'models.py')));
  await writeFile(
    join(project, 'app', 'some.py'),
    'from sqlalchemy import select\nfrom models import User\nselect(User).where(User.name is None)\n',
  );
  const asked = ['--no-cache', '--format', 'json', '--schema', 'none'];
  const part = await runIn(join(project, 'app'), 'check', ...asked);
  const whole = await runIn(project, 'check', ...asked);
  await rm(project, { recursive: true });
  const found = ({ output }: Run) =>
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
  const project = await mkdtemp(join(tmpdir(), 'dbpatterns-ini-'));
  try {
    await mkdir(join(project, 'migrations'));
    await writeFile(join(project, 'migrations', 'env.py'), 'from alembic import context\n');
    await writeFile(
      join(project, 'alembic.ini'),
      '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://app:p%40ss@localhost/app\n',
    );
    const { output } = await run('check', project, '--format', 'json', '--schema', 'none');
    const found = JSON.parse(output).findings.map(
      ({ rule, file }: { rule: string; file: string }) => `${rule} ${basename(file)}`,
    );
    assert.ok(found.includes('percent-in-url alembic.ini'), found.join(', '));
  } finally {
    await rm(project, { recursive: true, force: true });
  }
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
  const large = await mkdtemp(join(tmpdir(), 'dbpatterns-large-'));
  try {
    const code = `from sqlalchemy import create_engine
engine = create_engine(settings.url, pool_size=3, connect_args={"application_name": "large"})
`;
    await writeFile(join(large, 'engine.py'), code);
    for (let index = 0; index < 3000; index++) await writeFile(join(large, `empty_${index}.py`), '');
    const applications = async (...parameters: readonly string[]) => {
      const { code, output, errors } = await runIn(large, 'pool', ...parameters, '--format', 'json');
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
    const { output } = await runIn(large, 'pool', 'engine.py', '--database-url', database.url);
    assert.match(output, /^large is made at engine\.py:2: .*pool_size 3/m);
  } finally {
    await rm(large, { recursive: true });
  }
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
  const answers = join(folder, 'answers.json');
  await writeFile(
    answers,
    JSON.stringify({ name: 'Invoice', columns: [{ name: 'number', type: 'string', length: '20' }] }),
  );
  const shown = await run('scaffold', 'model', '--answers', answers, '--dry-run');
  assert.equal(shown.code, 0, shown.errors);
  assert.match(shown.output, /class Invoice\(Base\):/);
  assert.equal(
    (await run('models', '--format', 'json')).output.includes('Invoice'),
    false,
    'nothing was written',
  );
  for (const [given, told] of [
    [{ name: 'not a name' }, /^dbpatterns: A class name begins with a capital letter[^\n]*\n$/],
    [{ name: 'Invoice', colums: [] }, /There is no question "colums"\. Did you mean "columns"\?\n$/],
    [{ name: 'Invoice', columns: [{ name: 'a', tpye: 'text' }] }, /question "tpye"\. Did you mean "type"\?/],
  ] as const) {
    await writeFile(answers, JSON.stringify(given));
    const refused = await run('scaffold', 'model', '--answers', answers, '--dry-run');
    assert.equal(refused.code, 2);
    assert.match(refused.errors, told);
  }
});

test('scaffold asks by its exit code what becomes of a file that is there', async () => {
  const answers = join(folder, 'empty-answers.json');
  await writeFile(answers, '{}');
  assert.equal((await run('scaffold', 'test-fixtures', '--answers', answers)).code, 0);
  const conftest = join(folder, 'tests', 'conftest.py');
  await writeFile(conftest, '"""Mine."""\n');
  const asked = await run('scaffold', 'test-fixtures', '--answers', answers);
  assert.equal(asked.code, 2);
  assert.match(
    asked.errors,
    /^dbpatterns: tests\/conftest\.py is there already[\s\S]*--on-clash keep, beside or replace/,
  );
  assert.equal(await readFile(conftest, 'utf8'), '"""Mine."""\n');
  assert.equal((await run('scaffold', 'test-fixtures', '--answers', answers, '--on-clash', 'keep')).code, 0);
  assert.equal(await readFile(conftest, 'utf8'), '"""Mine."""\n');
  const shown = await run(
    'scaffold',
    'test-fixtures',
    '--answers',
    answers,
    '--on-clash',
    'replace',
    '--dry-run',
  );
  assert.match(shown.output, /^-"""Mine\."""$/m);
  await run('scaffold', 'test-fixtures', '--answers', answers, '--on-clash', 'beside');
  assert.match(await readFile(join(folder, 'tests', 'conftest_new.py'), 'utf8'), /@pytest/);
  assert.equal(await readFile(conftest, 'utf8'), '"""Mine."""\n');
  assert.equal((await run('scaffold', 'test-fixtures', '--answers', answers, '--on-clash', 'ask')).code, 2);
});

test('Node keeps the compiled program, and what stands where it would is no matter', async () => {
  const kept = join(folder, 'kept');
  const started = (cache: string) =>
    new Promise<string>((resolve, reject) => {
      const env = { ...process.env, XDG_CACHE_HOME: cache };
      execFile(process.execPath, [cli, '--help'], { env }, (error, output) =>
        error === null ? resolve(output) : reject(error),
      );
    });
  const first = await started(kept);
  const [version = ''] = await readdir(join(kept, 'database-patterns', 'compiled'));
  assert.ok((await readdir(join(kept, 'database-patterns', 'compiled', version))).length > 0);
  assert.equal(await started(kept), first);
  assert.equal(await started(join(folder, 'models.py')), first);
});
