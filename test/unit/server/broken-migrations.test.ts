// Broken migrations as the view and the graph get them: what can be read is there, what is wrong is said at its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundEnvironment } from '../../../src/server/found-environment.ts';
import { workspaceOf } from '../../workspace.ts';

const env = 'from alembic import context\ncontext.configure(target_metadata=None)\n';

async function found(files: Readonly<Record<string, string>>) {
  const ini = '[alembic]\nscript_location = migrations\n';
  const workspace = await workspaceOf({ 'alembic.ini': ini, 'migrations/env.py': env, ...files });
  const [environment] = workspace.environments;
  assert.ok(environment);
  const { info, revisions, schemas, stateOf } = foundEnvironment(workspace, environment);
  return { info, revisions: revisions(), schemas: schemas(), stateOf };
}

const revision = (id: string, down: string | null, body = 'pass') =>
  `revision = "${id}"\ndown_revision = ${down === null ? 'None' : `"${down}"`}\nfrom alembic import op\n\n\ndef upgrade():\n    ${body}\n`;

test('a file that does not parse is said, and the others are drawn', async () => {
  const { info, revisions, schemas } = await found({
    'migrations/versions/a.py': revision('aaaa', null, 'op.create_table("carts"'),
    'migrations/versions/b.py': revision('bbbb', 'aaaa'),
    'migrations/versions/x.py': 'def upgrade(:\n',
  });
  assert.deepEqual(
    revisions.map(({ id }) => id),
    ['bbbb', 'aaaa'],
  );
  assert.deepEqual(
    info.problems.map(({ code }) => code),
    ['missing-revision-id'],
  );
  assert.deepEqual([...schemas.tables.keys()], ['aaaa', 'bbbb']);
});

test('a circle and an id twice: every revision is there once, and nothing is said to be a head of it', async () => {
  const circle = await found({
    'migrations/versions/a.py': revision('aaaa', 'bbbb'),
    'migrations/versions/b.py': revision('bbbb', 'aaaa'),
  });
  assert.deepEqual(circle.revisions.map(({ id }) => id).sort(), ['aaaa', 'bbbb']);
  assert.deepEqual(
    circle.info.problems.map(({ code }) => code),
    ['revision-cycle'],
  );
  const twice = await found({
    'migrations/versions/a.py': revision('aaaa', null),
    'migrations/versions/b.py': revision('aaaa', null),
  });
  assert.equal(twice.revisions.length, 1);
  assert.deepEqual(
    twice.info.problems.map(({ code }) => code),
    ['duplicate-revision-id'],
  );
});

test('heads compete where the graph is whole and no labels keep them apart', async () => {
  const competing = async (second: string, labels = '') => {
    const { info } = await found({
      'migrations/versions/a.py': revision('aaaa', null),
      'migrations/versions/b.py': revision('bbbb', 'aaaa'),
      'migrations/versions/c.py': `${second}${labels}`,
    });
    return info.competingHeads;
  };
  assert.deepEqual(await competing(revision('cccc', 'aaaa')), ['bbbb', 'cccc']);
  assert.deepEqual(await competing(revision('cccc', 'gone')), []);
  assert.deepEqual(await competing(revision('cccc', null), 'branch_labels = "audit"\n'), []);
});

test('a message of several lines is told in one', async () => {
  const text = `"""Bring parity,\npart 2.\n\nRevision ID: aaaa\n"""\n${revision('aaaa', null)}`;
  const { revisions } = await found({ 'migrations/versions/a.py': text });
  assert.equal(revisions[0]?.message, 'Bring parity, part 2.');
});

test('an env.py that does not parse, or raises, keeps nothing from being read', async () => {
  for (const text of ['def run(:\n', 'raise RuntimeError("no settings")\n']) {
    const { revisions } = await found({
      'migrations/env.py': text,
      'migrations/versions/a.py': revision('aaaa', null),
    });
    assert.deepEqual(
      revisions.map(({ id }) => id),
      ['aaaa'],
    );
  }
});

test('five thousand revisions in one chain: drawn, and what is applied is told', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `migrations/versions/${index}.py`,
      revision(`r${index}`, index === 0 ? null : `r${index - 1}`),
    ]),
  );
  const { revisions, stateOf } = await found(files);
  assert.equal(revisions.length, 5000);
  assert.deepEqual(
    revisions.filter(({ head }) => head).map(({ id }) => id),
    ['r4999'],
  );
  const { applied } = stateOf(['r2499']);
  assert.equal(applied.size, 2500);
});
