/** The server's half: snapshots to facts, offsets to positions, paths to URIs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClashChoice } from '../../../src/base/clash-choice.ts';
import { scaffolds } from '../../../src/scaffold/scaffolds.ts';
import { factsKeeper, previewFor, questionsFor } from '../../../src/server/requests/scaffold-requests.ts';
import { uriOfPath } from '../../../src/server/uri.ts';
import type { WorkspaceSnapshot } from '../../../src/workspace/snapshot.ts';
import { projectOf } from '../../project.ts';

const path = '/project/app/models.py';
const text = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
`;

/** Only what scaffolds look at. */
const workspace = {
  roots: ['/project'],
  pythonFiles: [path],
  project: projectOf({ 'app/models.py': text }),
  textOf: (asked: string) => (asked === path ? text : undefined),
} as unknown as WorkspaceSnapshot;

test('facts are learned once a snapshot', () => {
  const learn = factsKeeper();
  assert.equal(learn(workspace), learn(workspace));
  assert.equal(learn(null), null);
});

test('before the workspace has been read, a request says so', () => {
  assert.match(
    questionsFor({ kind: 'model', activeUri: null }, scaffolds.model, null).problem ?? '',
    /still being read/,
  );
  assert.match(
    previewFor({ kind: 'model', activeUri: null, answers: {} }, scaffolds.model, null, null).problems.join(),
    /still being read/,
  );
});

test('the model that the cursor is in is suggested', () => {
  const models = `${text}\n\nclass Account(Base):\n    __tablename__ = "accounts"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n`;
  const facts = factsKeeper()({
    ...workspace,
    project: projectOf({ 'app/models.py': models }),
    textOf: (asked: string) => (asked === path ? models : undefined),
  } as unknown as WorkspaceSnapshot);
  const suggested = (kind: 'column' | 'relationship' | 'repository', activeLine: number) => {
    const start = { kind, activeUri: uriOfPath(path), activeLine };
    const [question] = questionsFor(start, scaffolds[kind], facts).questions;
    return question?.kind === 'pick' ? question.initial : null;
  };
  for (const kind of ['column', 'relationship', 'repository'] as const) {
    const [first, second] = ['class Account', 'class User'].map(text =>
      suggested(kind, models.slice(0, models.indexOf(text)).split('\n').length + 1),
    );
    assert.deepEqual([first, second], ['app.models.Account', 'app.models.User'], kind);
  }
});

test('edits come as positions, files as URIs', () => {
  const facts = factsKeeper()(workspace);
  const answers = { name: 'Order', columns: [{ name: 'count', type: 'integer' }] };
  const preview = previewFor(
    { kind: 'model', activeUri: uriOfPath(path), answers },
    scaffolds.model,
    workspace,
    facts,
  );
  assert.deepEqual([preview.problems, preview.open], [[], uriOfPath(path)]);
  const [file] = preview.files;
  assert.ok(file?.kind === 'edit' && file.uri === uriOfPath(path));
  assert.deepEqual(file.edits[0]?.range, {
    start: { line: 9, character: 53 },
    end: { line: 10, character: 0 },
  });
});

test('a file that is there is a clash until the user has chosen', () => {
  const facts = factsKeeper()(workspace);
  const start = { kind: 'database-layer', activeUri: null } as const;
  const answers = { package: 'app', driver: 'psycopg', fastapi: false, layout: 'package' };
  const there = '/project/app/db/engine.py';
  const ask = (clashes: Readonly<Record<string, ClashChoice>>) =>
    previewFor(
      { ...start, answers, clashes },
      scaffolds['database-layer'],
      workspace,
      facts,
      at => at === there,
    );
  assert.deepEqual(ask({}).clashes, [uriOfPath(there)]);
  const replaced = ask({ [uriOfPath(there)]: 'replace' });
  assert.deepEqual(replaced.clashes, []);
  assert.deepEqual(
    replaced.files.flatMap(file => (file.kind === 'create' && file.replaces ? [file.uri] : [])),
    [uriOfPath(there)],
  );
});

test('what an empty answer means is known before it is given', () => {
  const facts = factsKeeper()(workspace);
  assert.ok(facts);
  const suggest = (kind: 'model' | 'relationship', id: string, answers: Record<string, string>) =>
    scaffolds[kind].suggest?.(facts, { path: [id], answers }) ?? null;
  assert.equal(suggest('model', 'table', { name: 'OrderItem' }), 'order_items');
  assert.equal(suggest('model', 'name', {}), null);
  const self = { model: 'User', target: 'User' };
  assert.equal(suggest('relationship', 'name', { ...self, kind: 'many-to-one' }), 'parent');
  assert.equal(suggest('relationship', 'name', { ...self, kind: 'many-to-many' }), 'children');
  assert.equal(suggest('relationship', 'name', { ...self, kind: 'association-object' }), 'child_links');
});
