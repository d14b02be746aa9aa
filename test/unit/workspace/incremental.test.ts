/** After any edit, a workspace says what it would say if it were opened anew. Edits are random, from fixed seeds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../../../src/base/logger.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { WorkspaceStore } from '../../../src/workspace/workspace-store.ts';
import { parser } from '../../project.ts';
import { portOf, productsOf } from './products.ts';
import { editsOf, type Texts } from './random-edits.ts';
import { project } from './sample-project.ts';

const sql = await loadSqlParser();

function storeOf(texts: Texts): WorkspaceStore {
  return new WorkspaceStore({ files: portOf(texts), parser, sql, logger: silentLogger });
}

async function openedAnew(texts: Texts): Promise<unknown> {
  const store = storeOf(new Map(texts));
  return productsOf(await store.open(['/project'], undefined, new AbortController().signal));
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`random edits, seed ${seed}: the same products as from scratch`, async () => {
    const texts = new Map(project);
    const store = storeOf(texts);
    await store.open(['/project'], undefined, new AbortController().signal);
    const history: string[] = [];
    for (const edit of editsOf(seed, 50)) {
      const { path, description } = edit.apply(texts);
      history.push(description);
      const snapshot = await edited(store, texts, path, edit.through);
      assert.deepEqual(
        productsOf(snapshot),
        await openedAnew(texts),
        `seed ${seed}, after ${history.length} edits:\n${history.join('\n')}`,
      );
    }
  });
}

/** An edit arrives from an open document, or from the disk; a deleted file only from there. */
async function edited(
  store: WorkspaceStore,
  texts: Texts,
  path: string,
  through: 'document' | 'disk',
): Promise<WorkspaceStore['snapshot']> {
  const text = texts.get(path);
  if (through === 'document' && text !== undefined) return store.setOverlay(path, text);
  store.setOverlay(path, null);
  return store.refresh([path]);
}

test('an edit inside a function keeps the models, and the facts of files that did not ask for it', async () => {
  const store = storeOf(new Map(project));
  const before = await store.open(['/project'], undefined, new AbortController().signal);
  // Classes ask for the subclasses in all files, so that these are left out.
  const others = ['queries', 'archive', 'db', 'late', 'service'].map(name => `/project/app/${name}.py`);
  const facts = others.map(path => before.project.factsOf(path));
  const path = '/project/app/reports.py';
  const text = (project.get(path) ?? '').replace('return ', 'limit = 3\n    return ');
  const after = store.setOverlay(path, text);
  assert.equal(after.project.models, before.project.models);
  for (const [index, each] of others.entries())
    assert.equal(after.project.factsOf(each) === facts[index], true, each);
  assert.notEqual(after.project.factsOf(path), before.project.factsOf(path));
});

test('a changed model renews the facts of its users, and no others', async () => {
  const store = storeOf(new Map(project));
  const before = await store.open(['/project'], undefined, new AbortController().signal);
  const [user, other] = ['/project/app/reports.py', '/project/app/archive.py'];
  const facts = [user, other].map(path => before.project.factsOf(path));
  const path = '/project/app/models/user.py';
  const after = store.setOverlay(path, (project.get(path) ?? '').replace('String(100)', 'String(50)'));
  assert.notEqual(after.project.factsOf(user), facts[0]);
  assert.equal(after.project.factsOf(other), facts[1]);
});

test('a snapshot keeps saying what it said, whatever comes after it', async () => {
  const texts = new Map(project);
  const store = storeOf(texts);
  const snapshot = await store.open(['/project'], undefined, new AbortController().signal);
  const path = '/project/app/models/user.py';
  store.setOverlay(path, (project.get(path) ?? '').replaceAll('email', 'mail'));
  assert.deepEqual(productsOf(snapshot), await openedAnew(new Map(project)));
});

test('what only the linking asks for is answered by the newest files', async () => {
  const base = 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\n';
  const columns = `from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship
from app.base import Base
`;
  const key = 'mapped_column(ForeignKey("things.id"))';
  const texts: Texts = new Map([
    ['/project/app/base.py', base],
    ['/project/app/alias.py', 'from app.other import Other as Alias\nimport sqlalchemy\n'],
    [
      '/project/app/other.py',
      `${columns}class Other(Base):\n    __tablename__ = "o"\n    one: Mapped[int] = ${key}\n`,
    ],
    [
      '/project/app/owner.py',
      `${columns}from app.alias import Alias
class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    one: Mapped[int] = ${key}
    two: Mapped[int] = ${key}
    thing = relationship("Thing", foreign_keys=[Alias.one])
`,
    ],
  ]);
  const store = storeOf(texts);
  await store.open(['/project'], undefined, new AbortController().signal);
  const edits: readonly (readonly [string, string])[] = [
    ['/project/app/alias.py', 'from app.owner import Owner as Alias\nimport sqlalchemy\n'],
    [
      '/project/app/thing.py',
      `${columns}class Thing(Base):\n    __tablename__ = "things"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`,
    ],
  ];
  for (const [path, text] of edits) {
    texts.set(path, text);
    await store.refresh([path]);
  }
  const owner = store.snapshot.project.models.get('app.owner.Owner');
  const thing = owner?.attributes.find(attribute => attribute.name === 'thing');
  assert.equal(thing?.kind === 'relationship' && thing.direction, 'many-to-one');
  assert.deepEqual(productsOf(store.snapshot), await openedAnew(texts));
});
