/**
 * An editor's session with what nobody writes on purpose: each is opened and typed into, and beside it the server goes on to
 * judge, to explain and to complete a file that is as it should be.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import {
  linkedTables,
  listed,
  megabyte,
  models,
  tables,
  tenThousandBinds,
  thousandSubqueries,
} from '../../bad-input.ts';
import { type LanguageServer, startLanguageServer } from '../../language-server.ts';
import { waitFor } from '../../wait-for.ts';
import { writeFiles } from '../../write-files.ts';

const good = `from sqlalchemy import select, text
from models import User

missing = text("SELECT nmae FROM users")
found = select(User).where(User.name is None)
`;

/** What the server says of a good file while another one is typed into. */
async function assertAtWork(server: LanguageServer): Promise<void> {
  assert.deepEqual(
    server.diagnosticsOf('app.py').map(({ code }) => code),
    ['unknown-column', 'identity-test-on-column'],
  );
  assert.match(JSON.stringify((await server.hover('app.py', 4, 9))?.contents), /SELECT/);
  const offered = await server.completion('app.py', 3, 23);
  assert.ok(
    offered.some(({ label }) => label === 'name'),
    'columns are offered',
  );
}

interface BadInput {
  readonly path: string;
  readonly text: string;
  /** What is on the disk, where that is not the text. */
  readonly written?: string | Uint8Array;
}

/** One session for all of them: each comes as a file, is opened, typed into twice and closed, and goes. */
async function walk(server: LanguageServer, folder: string, input: BadInput): Promise<void> {
  const { path, text, written = text } = input;
  await writeFiles(folder, { [path]: written });
  await server.fileChanged(path);
  await server.open(path, text);
  await assertAtWork(server);
  const typed = path.endsWith('.sql') ? '\nSELECT nmae FROM us' : '\nhalf = select(User).where(User.na';
  await server.change(path, `${text}${typed}`);
  await assertAtWork(server);
  await server.hover(path, 0, 3);
  await server.completion(path, 0, 3);
  // In the middle, where a word is cut in two.
  const middle = Math.floor(text.length / 2);
  await server.change(path, `${text.slice(0, middle)} "(${text.slice(middle + 3)}`);
  await assertAtWork(server);
  await server.close(path);
  rmSync(join(folder, path));
  await server.fileChanged(path);
  await assertAtWork(server);
}

/** A session with the good files and others. */
async function session(
  others: Readonly<Record<string, string>>,
  run: (server: LanguageServer, folder: string) => Promise<void>,
  settings: unknown = {},
): Promise<void> {
  await using folder = await temporaryFolder('bad-input');
  await writeFiles(folder.path, { 'models.py': models, 'app.py': good, ...others });
  await using server = await startLanguageServer(folder.path, settings);
  await server.open('app.py', good);
  await assertAtWork(server);
  await run(server, folder.path);
}

const python = (sql: string) =>
  `from sqlalchemy import select, text\nfrom models import User\nfound = text("""${sql}""")\n`;

const revision = (index: number) => `from alembic import op
import sqlalchemy as sa
revision = "r${index}"
down_revision = ${index === 0 ? 'None' : `"r${index - 1}"`}
def upgrade():
    op.add_column("users", sa.Column("c${index}", sa.Integer()))
def downgrade():
    op.drop_column("users", "c${index}")
`;

const alembic = (length: number): Readonly<Record<string, string>> => ({
  'alembic.ini': '[alembic]\nscript_location = migrations\n',
  'migrations/env.py':
    'from alembic import context\nfrom models import Base\ntarget_metadata = Base.metadata\n',
  ...Object.fromEntries(
    Array.from({ length }, (_, index) => [`migrations/versions/r${index}.py`, revision(index)]),
  ),
});

const inputs: Readonly<Record<string, BadInput>> = {
  'a statement of a megabyte': {
    path: 'bad.py',
    text: python(megabyte),
  },
  'ten thousand binds': {
    path: 'bad.py',
    text: python(tenThousandBinds),
  },
  'SQL nested a thousand deep': {
    path: 'bad.py',
    text: python(thousandSubqueries),
  },
  'a chain of three thousand calls': {
    path: 'bad.py',
    text: `${python('SELECT 1')}long = select(User)${'.where(User.id == 1)'.repeat(3000)}\n`,
  },
  'a module of ten megabytes': {
    path: 'bad.py',
    text: `${python('SELECT 1')}${'DATA = [1, 2, 3]\n'.repeat(620_000)}`,
  },
  'ten thousand parentheses in Python': {
    path: 'bad.py',
    text: `${python('SELECT 1')}deep = ${'('.repeat(10_000)}User.id == 1${')'.repeat(10_000)}\n`,
  },
  'ten thousand nested calls': {
    path: 'bad.py',
    text: `${python('SELECT 1')}deep = ${'f('.repeat(10_000)}User.id == 1${')'.repeat(10_000)}\n`,
  },
  'ten thousand operators': {
    path: 'bad.py',
    text: `${python('SELECT 1')}long = select(User).where(${listed(10_000, index => `(User.id == ${index})`, ' | ')})\n`,
  },
  'a script of five megabytes': {
    path: 'bad.sql',
    text: listed(100_000, index => `INSERT INTO users (id, name) VALUES (${index}, 'a');`, '\n'),
  },
  'a dump of five megabytes in one statement': {
    path: 'bad.sql',
    text: `INSERT INTO users (id, name) VALUES ${listed(300_000, index => `(${index}, 'a')`)};`,
  },
  'NULs, a byte order mark, and lines that end like nobody else’s': {
    path: 'bad.py',
    text: `\ufeff${python('SELECT nmae\0 FROM users').replaceAll('\n', '\r\n')}a = 1\rb = 2\u2028c = 3\n\0\0\n`,
  },
  'halves of characters': {
    path: 'bad.py',
    text: `${python('SELECT nmae FROM users -- \ud83d')}\udc00 = "\ud800"\n`,
  },
  'bytes that are no text': {
    path: 'bad.py',
    text: python('SELECT \ufffd\ufffd FROM users'),
    written: Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256),
  },
  'models that do not import, in a circle': {
    path: 'bad.py',
    text: `import absent\nfrom bad import *\nfrom nowhere import Mixin\nfrom models import *\nfrom sqlalchemy import select\nclass Bad(Mixin, Bad, Base):\n    __tablename__ = "bad"\n    id: Mapped[int] = mapped_column(ForeignKey("bad.id"), primary_key=True)\n`,
  },
};

test('what nobody writes on purpose', tests =>
  session({}, async (server, folder) => {
    for (const [what, input] of Object.entries(inputs))
      await tests.test(what, () => walk(server, folder, input));
  }));

test('a schema of five thousand tables', () =>
  session(
    {
      'tables.py': `from models import Base\nfrom sqlalchemy.orm import Mapped, mapped_column\n${tables(5_000)}`,
    },
    (server, folder) => walk(server, folder, { path: 'bad.py', text: python('SELECT nmae FROM table_4999') }),
  ));

test('thousands of tables that lead to each other, of which one changes', () => {
  const imports =
    'from models import Base\nfrom sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import Mapped, mapped_column\n';
  const one = `${imports}class One(Base):\n    __tablename__ = "one"\n    id: Mapped[int] = mapped_column(ForeignKey("table_0.id"), primary_key=True)\n`;
  return session(
    {
      'tables.py': `${imports}${linkedTables(3_000)}`,
      'one.py': one,
      'query.py':
        'from sqlalchemy import text\nfound = text("SELECT before_id, extra FROM one, table_2999")\n',
    },
    async server => {
      const said = () => server.diagnosticsOf('query.py').map(({ code }) => code);
      assert.deepEqual(said(), ['unknown-column']);
      await server.open('one.py', one);
      await server.change('one.py', `${one}    extra: Mapped[int]\n`);
      assert.deepEqual(said(), []);
      await assertAtWork(server);
    },
  );
});

test('thousands of revisions', () =>
  session(alembic(2_000), async server => {
    await server.open('migrations/versions/r1000.py', revision(1_000));
    await server.change('migrations/versions/r1000.py', `${revision(1_000)}\ndef half(`);
    await assertAtWork(server);
  }));

test('settings and configuration that are broken', () =>
  session(
    {
      'pyproject.toml': '[tool.dbpatterns\npreset = = "strict"\n[[[',
      'alembic.ini': '[alembic\nscript_location = %(nowhere)s\n= = =\n',
    },
    async server =>
      assert.deepEqual(
        server.diagnosticsOf('pyproject.toml').map(({ code }) => code),
        ['unreadable-settings'],
      ),
  ));

test('links that lead in a circle', async () => {
  await using folder = await temporaryFolder('bad-input');
  await writeFiles(folder.path, {
    'models.py': models,
    'app.py': good,
    'package/inner.py': 'import sqlalchemy\n',
  });
  symlinkSync(folder.path, join(folder.path, 'package', 'circle'));
  symlinkSync(join(folder.path, 'itself.py'), join(folder.path, 'itself.py'));
  await using server = await startLanguageServer(folder.path);
  await server.open('app.py', good);
  await assertAtWork(server);
});

test('a PostgreSQL that is ended while it judges', () =>
  session({}, async server => {
    const [shadow] = childrenOf(server.pid);
    assert.ok(shadow !== undefined, 'PostgreSQL runs in a process of its own');
    const changed = server.change('app.py', `${good}more = text("SELECT emial FROM users")\n`);
    process.kill(shadow, 'SIGKILL');
    await changed;
    await waitFor('the verdict of another one', () => server.diagnosticsOf('app.py').length === 3);
  }));

function childrenOf(pid: number): readonly number[] {
  const listed = execFileSync('ps', ['-o', 'pid=,ppid=', '-A'], { encoding: 'utf8' });
  return listed.split('\n').flatMap(line => {
    const [own, parent] = line.trim().split(/\s+/).map(Number);
    return parent === pid && own !== undefined ? [own] : [];
  });
}

test('settings that are wrong are told, and their file is explained and completed as it is typed', () =>
  session(
    { 'pyproject.toml': '[tool.dbpatterns]\npreset = "strickt"\n' },
    async server => {
      assert.deepEqual(server.messages, [
        'In the settings, severity of wide-index is "of", and can be error, warning, information, hint, off; did you mean "off"?; max-columns of wide-index is 0, and can be a whole number from 1.',
      ]);
      assert.deepEqual(
        server.diagnosticsOf('pyproject.toml').map(({ message }) => message),
        ['preset is "strickt", and can be recommended, strict, all; did you mean "strict"?'],
      );
      await server.show('pyproject.toml', '[tool.dbpatterns]\npreset = "st');
      const offered = await server.completion('pyproject.toml', 1, 12);
      assert.deepEqual(
        offered.map(({ label }) => label),
        ['recommended', 'strict', 'all'],
      );
      const hover = await server.hover('pyproject.toml', 1, 3);
      assert.match(JSON.stringify(hover?.contents), /Which rules run/);
    },
    { rules: { 'wide-index': 'of' }, ruleOptions: { 'wide-index': { 'max-columns': 0 } } },
  ));
