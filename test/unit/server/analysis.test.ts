/** What the editor is told of a workspace that is edited, and of one that is opened again, is what it is told of it anew. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Judge } from '../../../src/database/judge.ts';
import { type CheckMemory, KeptChecks } from '../../../src/features/keeping/kept-checks.ts';
import type { Finding } from '../../../src/rules/finding.ts';
import { Analysis } from '../../../src/server/analysis.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { contentDigest } from '../../../src/storage/content-digest.ts';
import { WorkspaceStore } from '../../../src/workspace/workspace-store.ts';
import { parser } from '../../project.ts';
import { portOf } from '../workspace/products.ts';
import { editsOf, type Texts } from '../workspace/random-edits.ts';
import { project } from '../workspace/sample-project.ts';

const sql = await loadSqlParser();
const { signal } = new AbortController();

interface Session {
  readonly store: WorkspaceStore;
  readonly analysis: Analysis;
  /** As the editor shows them, by path; files without findings are left out. */
  readonly shown: ReadonlyMap<string, readonly Finding[]>;
}

function memoryOf(kept: string | null = null): CheckMemory & { kept: string | null } {
  return {
    kept,
    read() {
      return this.kept;
    },
    write(text) {
      this.kept = text;
    },
    digest: contentDigest,
  };
}

async function opened(texts: Texts, memory: CheckMemory, judge: Judge | null = null): Promise<Session> {
  const store = new WorkspaceStore({ files: portOf(texts), parser, sql, logger: silentLogger });
  const shown = new Map<string, readonly Finding[]>();
  const found = (path: string, findings: readonly Finding[]) => {
    if (findings.length === 0) shown.delete(path);
    else shown.set(path, findings);
  };
  const kept = new KeptChecks(memory);
  const before = [...kept.foundBefore(path => contentOf(texts, path))];
  for (const [path, findings] of before) found(path, findings);
  await store.open(['/project'], { preset: 'all' }, signal);
  const analysis = new Analysis({
    store,
    logger: silentLogger,
    judgeFor: async () => judge,
    found,
    kept,
    told: before.map(([path]) => path),
    progressed: () => {},
  });
  analysis.update(store.snapshot, []);
  await analysis.settled();
  return { store, analysis, shown };
}

function contentOf(texts: Texts, path: string): string | undefined {
  const text = texts.get(path);
  return text === undefined ? undefined : contentDigest(text);
}

function shownBy({ shown, analysis }: Session): unknown {
  return { shown: [...shown].sort(([one], [two]) => (one < two ? -1 : 1)), coverage: analysis.coverage() };
}

async function anew(texts: Texts): Promise<unknown> {
  const session = await opened(new Map(texts), memoryOf());
  session.analysis.dispose();
  return shownBy(session);
}

for (const seed of [1, 2]) {
  test(`random edits, seed ${seed}: the same findings as of the workspace opened anew`, async () => {
    const texts: Texts = new Map(project);
    const session = await opened(texts, memoryOf());
    const history: string[] = [];
    for (const edit of editsOf(seed, 25)) {
      const { path, description } = edit.apply(texts);
      history.push(description);
      const text = texts.get(path);
      const isTyped = edit.through === 'document' && text !== undefined;
      if (isTyped) session.store.setOverlay(path, text);
      else {
        session.store.setOverlay(path, null);
        await session.store.refresh([path]);
      }
      session.analysis.update(session.store.snapshot, isTyped ? [path] : []);
      await session.analysis.settled();
      assert.deepEqual(
        shownBy(session),
        await anew(texts),
        `seed ${seed}, after ${history.length} edits:\n${history.join('\n')}`,
      );
    }
    session.analysis.dispose();
  });
}

const helpers: Texts = new Map([
  ...project,
  [
    '/project/app/deeper.py',
    'from sqlalchemy.orm import Session\n\ndef end(session: Session):\n    session.close()\n',
  ],
  [
    '/project/app/work.py',
    `from sqlalchemy.orm import Session
from app.deeper import end
from app.models import User

def rename(session: Session, ident: int):
    user = session.get(User, ident)
    end(session)
    print(user.orders)
`,
  ],
]);

test('what a helper does to a session in another file is told where it is called', async () => {
  const texts: Texts = new Map(helpers);
  const session = await opened(texts, memoryOf());
  const work = '/project/app/work.py';
  const before = session.shown.get(work);
  assert.ok(before);
  const path = '/project/app/deeper.py';
  const text = (texts.get(path) ?? '').replace('session.close()', 'session.flush()');
  texts.set(path, text);
  session.analysis.update(session.store.setOverlay(path, text), [path]);
  await session.analysis.settled();
  assert.notDeepEqual(session.shown.get(work), before);
  assert.deepEqual(shownBy(session), await anew(texts));
  session.analysis.dispose();
});

test('a second session tells what the first one found, before it has read any code', async () => {
  const memory = memoryOf();
  let asked = 0;
  const judge: Judge = {
    name: 'models',
    knowsOtherTimes: false,
    async judge(questions) {
      asked += questions.length;
      return questions.map(() => ({ kind: 'ok', parameterTypes: [], columns: [] }));
    },
  };
  const first = await opened(helpers, memory, judge);
  first.analysis.dispose();
  const askedFirst = asked;
  assert.ok(askedFirst > 0);
  const kept = new KeptChecks(memory);
  const before = new Map(kept.foundBefore(path => contentOf(helpers, path)));
  for (const [path, findings] of first.shown) assert.deepEqual(before.get(path), findings, path);
  const second = await opened(helpers, memory, judge);
  assert.deepEqual(shownBy(second), shownBy(first));
  assert.equal(asked, askedFirst, 'nothing is judged again');
  second.analysis.dispose();
});

test('a session that ends without a word leaves what it had written down at rest', async () => {
  const memory = memoryOf();
  const texts: Texts = new Map(helpers);
  const killed = await opened(texts, memory);
  const path = '/project/app/deeper.py';
  texts.set(path, `${texts.get(path)}\nend(None) is None\n`);
  await killed.store.refresh([path]);
  killed.analysis.update(killed.store.snapshot, []);
  await killed.analysis.settled();
  killed.analysis.keep();
  const before = new Map(new KeptChecks(memory).foundBefore(each => contentOf(texts, each)));
  assert.ok(before.has(path), 'as it was edited');
  assert.ok(before.has('/project/app/work.py'), 'which depends on it');
  killed.analysis.dispose();
});

test('between two sessions a file has changed, and one has gone', async () => {
  const memory = memoryOf();
  const first = await opened(helpers, memory);
  first.analysis.dispose();
  const texts: Texts = new Map(helpers);
  texts.delete('/project/app/work.py');
  texts.set('/project/app/deeper.py', `${helpers.get('/project/app/deeper.py')}\nend(None) is None\n`);
  const second = await opened(texts, memory);
  assert.deepEqual(shownBy(second), await anew(texts));
  second.analysis.dispose();
});

test('what is kept is damaged, cut short, foreign or cannot be written: as a first session', async () => {
  const memory = memoryOf();
  const first = await opened(helpers, memory);
  first.analysis.dispose();
  const whole = memory.kept ?? '';
  const damaged = [
    '',
    'null',
    '{}',
    whole.slice(0, whole.length / 2),
    JSON.stringify({ ...JSON.parse(whole), names: [] }),
    JSON.stringify({ state: JSON.parse(whole).state, names: [], checks: [['/project/app/work.py', null]] }),
  ];
  for (const text of damaged) {
    const refusing: CheckMemory = { ...memoryOf(text), read: () => text, write: () => {} };
    const session = await opened(helpers, refusing);
    assert.deepEqual(shownBy(session), shownBy(first), text.slice(0, 60));
    session.analysis.dispose();
  }
});
