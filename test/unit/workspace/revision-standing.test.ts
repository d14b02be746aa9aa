/** Which revisions have still to run, and what that makes of their findings. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { revisionFindings } from '../../../src/features/checking/migration-findings.ts';
import { workspaceOf } from '../../workspace.ts';

const header = (id: number) =>
  `import sqlalchemy as sa\nfrom alembic import op\nrevision = "rev${id}"\ndown_revision = ${id === 0 ? 'None' : `"rev${id - 1}"`}\n`;

/** A chain: the first makes a table, the second another one, each later one an index on the one or the other. */
function chain(length: number): Record<string, string> {
  const files: Record<string, string> = {
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py': '',
  };
  for (let id = 0; id < length; id++) {
    const body =
      id < 2
        ? `op.create_table("t${id}", sa.Column("n", sa.Integer()))`
        : `op.create_index("ix${id}", "t${id % 2}", ["n"])`;
    files[`migrations/versions/rev${id}.py`] = `${header(id)}\n\ndef upgrade():\n    ${body}\n`;
  }
  return files;
}

async function severities(length: number, settings?: unknown): Promise<readonly string[]> {
  const workspace = await workspaceOf(chain(length), settings);
  return Array.from({ length }, (_, id) =>
    revisionFindings(workspace, `/project/migrations/versions/rev${id}.py`)
      .map(({ rule, severity }) => `${rule} ${severity}`)
      .join(),
  );
}

const loud = 'index-without-concurrently warning';
const quiet = 'index-without-concurrently hint';

test('without a baseline the ten newest revisions ask for something', async () => {
  const found = await severities(14);
  assert.deepEqual(found, ['', '', quiet, quiet, ...Array.from({ length: 10 }, () => loud)]);
});

test('up to the baseline everything is history', async () => {
  const found = await severities(6, { migrations: { baseline: 'rev4' } });
  assert.deepEqual(found, ['', '', quiet, quiet, quiet, loud]);
});

test('what runs in one upgrade after the baseline fills no table that it makes', async () => {
  const found = await severities(5, { migrations: { baseline: 'rev0' } });
  // t1 is made after the baseline, t0 was there.
  assert.deepEqual(found, ['', '', loud, '', loud]);
});

test('a baseline that no revision has says nothing', async () => {
  assert.deepEqual(await severities(3, { migrations: { baseline: 'gone' } }), ['', '', loud]);
});

test('a baseline that is no text is named', async () => {
  const { problems } = await workspaceOf(chain(1), { migrations: { baseline: 7 } });
  assert.deepEqual(
    problems.map(problem => problem.message),
    ['migrations.baseline is 7, and can be the id of a revision'],
  );
});
