/**
 * What was kept of a check says of a changed workspace what a check from scratch says of it, and keeps what the change has
 * nothing to do with. Edits are random, from fixed seeds.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Judge } from '../../../src/database/judge.ts';
import { checkWorkspace, type WorkspaceCheck } from '../../../src/features/checking/check-workspace.ts';
import { type JudgedBy, judgedBy, judgedByNobody } from '../../../src/features/judging/judged-schema.ts';
import { type CheckMemory, KeptChecks } from '../../../src/features/keeping/kept-checks.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import type { WorkspaceSnapshot } from '../../../src/workspace/snapshot.ts';
import { WorkspaceStore } from '../../../src/workspace/workspace-store.ts';
import { parser } from '../../project.ts';
import { portOf } from '../workspace/products.ts';
import { editsOf, type Texts } from '../workspace/random-edits.ts';
import { project as sample } from '../workspace/sample-project.ts';

const sql = await loadSqlParser();
const { signal } = new AbortController();

/** Findings that come from other files: a session's life, a helper's statement, a base class, a search of all texts. */
const more: Readonly<Record<string, string>> = {
  'app/work.py': `from sqlalchemy import select, text
from sqlalchemy.orm import Session
from app.models import User, Order
from app.helpers import finish, newest

def rename(session: Session, ident: int):
    user = session.get(User, ident)
    finish(session)
    print(user.orders)
    return session.scalars(newest().where(Order.missing == 1, Order.absent == 1)).all()

def make(session: Session):
    session.add(User(emial="a"))
    session.execute(text("SELECT * FROM users WHERE id = :id"))
    return session.scalars(select(User).where(User.id == None))
`,
  'app/repository.py': `from sqlalchemy import select
from app.models import User

class Repository:
    model = None

    def all(self, session):
        return session.scalars(select(self.model).where(self.model.email == None))

class Users(Repository):
    model = User
`,
  'migrations/versions/one.py': `from alembic import op
import sqlalchemy as sa
revision = "1"
down_revision = None

def upgrade():
    pass
`,
  'app/helpers.py': `from sqlalchemy import select
from app.models import Order

from app.deeper import end

def finish(session):
    end(session)

def newest():
    return select(Order).order_by(Order.id)
`,
  'app/deeper.py': 'import sqlalchemy\n\ndef end(session):\n    session.close()\n',
  'app/aliases.py': `import sqlalchemy
from app.models import Order as found
from app.names import *
model = found
`,
  'app/names.py': 'from app.models import User as Starred\n',
  'app/asking.py':
    'from sqlalchemy import select\nfrom app.aliases import model\nasked = select(model).where(model.status == None)\n',
  'app/starred.py':
    'from sqlalchemy import select\nfrom app.aliases import Starred\nasked = select(Starred).where(Starred.nothing == 1)\n',
  'app/rooms.py': `from sqlalchemy.orm import Mapped, mapped_column, relationship
from app.base import Base

class Lamp(Base):
    __tablename__ = "lamps"
    id: Mapped[int] = mapped_column(primary_key=True)

class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    lamps: Mapped[list[Lamp]] = relationship()
    desks = relationship("Desk")
`,
  'migrations/versions/three.py': `from alembic import op
from app.archive import Desk
revision = "3"
down_revision = "2"

def upgrade():
    op.execute(Desk.__table__.delete().where(Desk.id == 1))

def downgrade():
    pass
`,
  'app/later.py': 'import sqlalchemy\nfrom app.models import Order\nOrder.missing = 1\n',
  'app/script.sql': 'SELECT id FROM users WHERE email = NULL;\n',
  'migrations/versions/two.py': `from alembic import op
import sqlalchemy as sa
revision = "2"
down_revision = "1"

def upgrade():
    op.add_column("users", sa.Column("email", sa.String(100), nullable=False), schema="shop")
    op.drop_column("orders", "status", schema="shop")
    op.create_check_constraint("positive", "orders", "id > 0", schema="shop")

def downgrade():
    pass
`,
};

function initialTexts(): Texts {
  return new Map([
    ...sample,
    ...Object.entries(more).map(([path, text]) => [`/project/${path}`, text] as const),
  ]);
}

function memoryOf(): CheckMemory & { kept: string | null } {
  return {
    kept: null,
    read() {
      return this.kept;
    },
    write(text) {
      this.kept = text;
    },
    digest: text => createHash('sha256').update(text).digest('hex'),
  };
}

function storeOf(texts: Texts): WorkspaceStore {
  return new WorkspaceStore({ files: portOf(texts), parser, sql, logger: silentLogger });
}

/** As a new process has it. */
async function opened(texts: Texts): Promise<WorkspaceSnapshot> {
  return storeOf(texts).open(['/project'], { preset: 'all' }, signal);
}

function keptFor(
  workspace: WorkspaceSnapshot,
  memory: CheckMemory,
  judged: JudgedBy = judgedByNobody,
): KeptChecks {
  const kept = new KeptChecks(memory);
  kept.follow(workspace, judged);
  return kept;
}

async function checked(texts: Texts, memory: CheckMemory | null): Promise<WorkspaceCheck> {
  const workspace = await opened(texts);
  const kept = memory && keptFor(workspace, memory);
  const paths = [...workspace.pythonFiles, ...workspace.sqlFiles];
  // As it is written down: without what is not there.
  return JSON.parse(JSON.stringify(await checkWorkspace(workspace, paths, null, signal, { kept })));
}

/** The files that would be checked again after a change, by their names. */
async function checkedAgain(change: (texts: Texts) => void): Promise<readonly string[]> {
  const texts = initialTexts();
  const memory = memoryOf();
  await checked(texts, memory);
  change(texts);
  const workspace = await opened(texts);
  const kept = keptFor(workspace, memory);
  const paths = [...workspace.project.files.keys(), ...workspace.sqlFiles];
  return paths.filter(path => !kept.holds(path)).map(path => path.slice('/project/'.length));
}

function replaced(texts: Texts, name: string, one: string, two: string): void {
  const path = `/project/${name}`;
  const text = texts.get(path) ?? '';
  assert.ok(text.includes(one), `${name} has ${one}`);
  texts.set(path, text.replace(one, two));
}

for (const seed of [1, 2, 3]) {
  test(`random edits, seed ${seed}: the same findings as from scratch`, async () => {
    const texts = initialTexts();
    const memory = memoryOf();
    await checked(texts, memory);
    const history: string[] = [];
    for (const edit of editsOf(seed, 40)) {
      history.push(edit.apply(texts).description);
      assert.deepEqual(
        await checked(texts, memory),
        await checked(texts, null),
        `seed ${seed}, after ${history.length} edits:\n${history.join('\n')}`,
      );
    }
  });
}

for (const seed of [4, 5]) {
  test(`random edits, seed ${seed}, in one session: the same findings as from scratch`, async () => {
    const texts = initialTexts();
    const store = storeOf(texts);
    let workspace = await store.open(['/project'], { preset: 'all' }, signal);
    const kept = new KeptChecks(memoryOf());
    const history: string[] = [];
    for (const edit of editsOf(seed, 40)) {
      const { path, description } = edit.apply(texts);
      history.push(description);
      workspace = await store.refresh([path]);
      kept.follow(workspace, judgedByNobody);
      const paths = [...workspace.pythonFiles, ...workspace.sqlFiles];
      assert.deepEqual(
        JSON.parse(JSON.stringify(await checkWorkspace(workspace, paths, null, signal, { kept }))),
        await checked(texts, null),
        `seed ${seed}, after ${history.length} edits:\n${history.join('\n')}`,
      );
    }
  });
}

test('with nothing changed nothing is checked again', async () => {
  assert.deepEqual(await checkedAgain(() => {}), []);
});

test('an edit in the body of a function: its file, and those that look into the function', async () => {
  const again = await checkedAgain(texts =>
    replaced(texts, 'app/deeper.py', 'session.close()', 'session.flush()'),
  );
  assert.deepEqual([...again].sort(), ['app/deeper.py', 'app/helpers.py', 'app/work.py']);
});

test('one function more beside others: its file, and nothing that asks for the others', async () => {
  const again = await checkedAgain(texts =>
    replaced(texts, 'app/aliases.py', 'model =', 'def count():\n    return 1\n\nmodel ='),
  );
  assert.deepEqual(again, ['app/aliases.py']);
});

/** A change of one file after which another one's findings are others. */
const reaching: readonly {
  readonly what: string;
  readonly edit: readonly [path: string, before: string, after: string];
  readonly reaches: string;
}[] = [
  {
    what: 'an attribute that is set elsewhere, and that no more',
    edit: ['app/later.py', 'Order.missing = 1', 'Order.other = 1'],
    reaches: 'app/work.py',
  },
  {
    what: 'an attribute that comes to be set elsewhere',
    edit: ['app/queries.py', 'def active', 'Order.absent = 1\ndef active'],
    reaches: 'app/work.py',
  },
  {
    what: 'one more subclass',
    edit: [
      'app/archive.py',
      'def old',
      'from app.repository import Repository\nfrom app.models import Order\nclass Orders(Repository):\n    model = Order\n\ndef old',
    ],
    reaches: 'app/repository.py',
  },
  {
    what: 'a helper of a helper that closes the session',
    edit: ['app/deeper.py', 'session.close()', 'session.flush()'],
    reaches: 'app/work.py',
  },
  {
    what: 'a name that is bound no more',
    edit: ['app/helpers.py', 'def finish', 'def finished'],
    reaches: 'app/work.py',
  },
  {
    what: 'a name in the code of a helper that comes to mean something else',
    edit: ['app/helpers.py', 'from app.models import Order', 'from app.models import User as Order'],
    reaches: 'app/work.py',
  },
  {
    what: 'an alias of what is bound otherwise',
    edit: ['app/aliases.py', 'from app.models import Order as found', 'from app.models import User as found'],
    reaches: 'app/asking.py',
  },
  {
    what: 'a name that comes to be bound where a star import gave it',
    edit: ['app/aliases.py', 'model = found', 'model = found\nclass Starred:\n    pass'],
    reaches: 'app/starred.py',
  },
  {
    what: 'a class that comes to inherit from a model',
    edit: [
      'app/archive.py',
      'def old',
      'from app.rooms import Lamp\nclass Light(Lamp):\n    pass\n\ndef old',
    ],
    reaches: 'app/rooms.py',
  },
  {
    what: 'a model of the name that a revision imports',
    edit: [
      'app/archive.py',
      'def old',
      'from app.base import Base\nfrom sqlalchemy.orm import Mapped, mapped_column\nclass Desk(Base):\n    __tablename__ = "desks"\n    id: Mapped[int] = mapped_column(primary_key=True)\n\ndef old',
    ],
    reaches: 'migrations/versions/three.py',
  },
  {
    what: 'a revision before',
    edit: [
      'migrations/versions/one.py',
      'pass',
      'op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True), sa.Column("status", sa.Text), schema="shop")',
    ],
    reaches: 'migrations/versions/two.py',
  },
];

for (const { what, edit, reaches } of reaching) {
  test(`${what}: ${reaches} is checked again`, async () => {
    const texts = initialTexts();
    const memory = memoryOf();
    const findingsIn = (check: WorkspaceCheck) => check.findings.filter(({ path }) => path.endsWith(reaches));
    const before = findingsIn(await checked(texts, memory));
    replaced(texts, ...edit);
    const scratch = await checked(texts, null);
    assert.notDeepEqual(findingsIn(scratch), before, 'the change changes what is found there');
    assert.deepEqual(await checked(texts, memory), scratch);
  });
}

test('a revision: the migrations, and not the application', async () => {
  const again = await checkedAgain(texts =>
    replaced(texts, 'migrations/versions/two.py', '"id > 0"', '"id > 1"'),
  );
  assert.ok(again.includes('migrations/versions/two.py'));
  assert.ok(!again.some(path => path.startsWith('app/')), again.join());
});

test('a changed setting or judge: everything', async () => {
  const texts = initialTexts();
  const memory = memoryOf();
  await checked(texts, memory);
  const workspace = await opened(texts);
  const paths = [...workspace.project.files.keys()];
  const isKnown = (kept: KeptChecks) => paths.some(path => kept.holds(path));
  assert.ok(isKnown(keptFor(workspace, memory)));
  assert.ok(!isKnown(keptFor(workspace, memory, { name: 'another judge', ddl: null })));
  const { rules } = workspace.settings;
  const settings = { ...workspace.settings, rules: { ...rules, preset: 'strict' as const } };
  assert.ok(!isKnown(keptFor({ ...workspace, settings }, memory)));
  const options = { 'wide-index': { options: { 'max-columns': 4 } } };
  const chosen = { ...workspace.settings, rules: { ...rules, rules: options } };
  assert.ok(!isKnown(keptFor({ ...workspace, settings: chosen }, memory)));
  const silent = { ...workspace.settings, rules: { ...rules, ignores: { 'app/**': ['all'] } } };
  assert.ok(!isKnown(keptFor({ ...workspace, settings: silent }, memory)));
});

test('a changed column: what asks for its model, and nothing else', async () => {
  const again = await checkedAgain(texts =>
    replaced(texts, 'app/models/user.py', 'String(100)', 'String(50)'),
  );
  for (const name of ['app/models/user.py', 'app/queries.py', 'app/work.py'])
    assert.ok(again.includes(name), name);
  for (const name of ['app/archive.py', 'app/helpers.py', 'app/deeper.py'])
    assert.ok(!again.includes(name), name);
});

/** Of a file of models, with the files that look into its code besides itself. */
const harmless = [
  ['a comment', 'class User(', '# Who has an account.\nclass User('],
  ['a comment in a class', '    id:', '    # By which others name it.\n    id:'],
  ['a comment behind a column', 'String(100))', 'String(100))  # As long as mails allow.'],
  ['the body of a method', 'return self.email', 'return self.email or ""'],
] as const;

for (const [what, before, after] of harmless) {
  test(`${what} in a file of models: not those that only ask for the models`, async () => {
    const again = await checkedAgain(texts => replaced(texts, 'app/models/user.py', before, after));
    assert.ok(again.includes('app/models/user.py'));
    for (const name of ['app/queries.py', 'app/service.py', 'app/helpers.py', 'app/models/__init__.py'])
      assert.ok(!again.includes(name), `${name} of ${again.join()}`);
  });
}

test('a new file: what means its names, and nothing else', async () => {
  const again = await checkedAgain(texts => {
    texts.set(
      '/project/app/news.py',
      'from sqlalchemy import select\nfrom app.models import User\nfound = select(User)\n',
    );
  });
  assert.deepEqual(again, ['app/news.py']);
  const texts = initialTexts();
  texts.set(
    '/project/app/asking.py',
    'from sqlalchemy import select\nfrom app.answering import made\nfound = made().where(1 == 1)\n',
  );
  const memory = memoryOf();
  await checked(texts, memory);
  texts.set(
    '/project/app/answering.py',
    'from sqlalchemy import select\nfrom app.models import User\ndef made():\n    return select(User).where(User.id == None)\n',
  );
  assert.ok(!keptFor(await opened(texts), memory).holds('/project/app/asking.py'));
  assert.deepEqual(await checked(texts, memory), await checked(texts, null));
});

test('a table of another shape: the statements that name it', async () => {
  const texts = initialTexts();
  const memory = memoryOf();
  const workspace = await opened(texts);
  const { statements } = judgedBy(workspace, 'models').ddl ?? { statements: [] };
  const ddlOf = (change: string) => {
    const changed = statements.map(each =>
      each.table?.name === 'orders' ? { ...each, sql: `${each.sql}${change}` } : each,
    );
    return { name: 'models', ddl: { statements: changed, fingerprint: change } };
  };
  const judge: Judge = {
    name: 'models',
    knowsOtherTimes: false,
    judge: async questions => questions.map(() => ({ kind: 'ok', parameterTypes: [], columns: [] })),
  };
  const kept = keptFor(workspace, memory, ddlOf(''));
  await checkWorkspace(workspace, [...workspace.pythonFiles, ...workspace.sqlFiles], judge, signal, { kept });
  assert.ok(keptFor(workspace, memory, ddlOf('')).holds('/project/app/helpers.py'));
  const now = keptFor(workspace, memory, ddlOf(' '));
  assert.ok(!now.holds('/project/app/helpers.py'), 'select(Order)');
  assert.ok(now.holds('/project/app/queries.py'), 'select(User)');
  assert.ok(now.holds('/project/app/script.sql'), 'FROM users');
});

test('a script that comes to make a column, and one that no longer does: the statements that lack it', async () => {
  const texts = initialTexts();
  const memory = memoryOf();
  const judge: Judge = {
    knowsOtherTimes: false,
    name: 'models',
    judge: async questions =>
      questions.map(({ sql: asked }) => ({
        kind: 'error',
        sqlstate: '42703',
        message: `column "${/FROM \w+\.orders/.test(asked) ? 'absent' : 'other'}" does not exist`,
        position: null,
        hint: null,
        detail: null,
      })),
  };
  const judgedAnew = async (kept: CheckMemory | null) => {
    const workspace = await opened(texts);
    const paths = [...workspace.pythonFiles, ...workspace.sqlFiles];
    const checks = kept && keptFor(workspace, kept);
    const held = paths.filter(path => checks?.holds(path));
    const { findings } = await checkWorkspace(workspace, paths, judge, signal, { kept: checks });
    return { findings: JSON.parse(JSON.stringify(findings)), held };
  };
  await judgedAnew(memory);
  for (const [one, two, isMade] of [
    ['SELECT id', 'ALTER TABLE orders ADD COLUMN absent int;\nSELECT id', true],
    ['COLUMN absent', 'COLUMN present', false],
  ] as const) {
    replaced(texts, 'app/script.sql', one, two);
    const { findings, held } = await judgedAnew(memory);
    assert.deepEqual(findings, (await judgedAnew(null)).findings, two);
    assert.equal(/absent[^{}]*helpers\.py/.test(JSON.stringify(findings)), !isMade, two);
    assert.ok(!held.includes('/project/app/helpers.py'), 'select(Order)');
    assert.ok(held.includes('/project/app/queries.py'), 'select(User)');
  }
});

test('what is damaged is no memory', async () => {
  const texts = initialTexts();
  const whole = await checked(texts, null);
  for (const damaged of ['', '{', 'null', '[]', '{"ground":1}', '"text"']) {
    const memory = memoryOf();
    memory.kept = damaged;
    assert.deepEqual(await checked(texts, memory), whole, damaged);
  }
});
