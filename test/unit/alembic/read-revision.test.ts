/** Revision files in the ways people write them. Every text is read by the quick scan and by the parser: both must agree. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRevision, readRevisionModule } from '../../../src/alembic/revision/read-revision.ts';
import type { Revision, RevisionReading } from '../../../src/alembic/revision/revision.ts';
import { loadTestPythonParser } from '../../python-parser.ts';

const parser = await loadTestPythonParser();

function read(text: string, path = 'versions/x_file.py'): RevisionReading {
  const reading = readRevision(path, text, source => parser.parse(source));
  assert.deepEqual(reading, readRevisionModule(path, text, parser.parse(text)));
  return reading;
}

function revisionOf(text: string): Revision {
  const reading = read(text);
  assert.ok(reading.kind === 'revision');
  return reading.revision;
}

const ids = (references: readonly { readonly id: string }[]) => references.map(reference => reference.id);

test("the template's own form", () => {
  const text = `"""Add orders.

Revision ID: b2
Revises: a1
Create Date: 2026-02-03 09:14:52.183021+00:00
"""
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = "b2"
down_revision: str | tuple[str, ...] | None = "a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing."""
    # yet
    pass  # really


def downgrade() -> None:
    op.drop_table("orders")
`;
  const revision = revisionOf(text);
  assert.equal(revision.id, 'b2');
  assert.deepEqual(ids(revision.down), ['a1']);
  assert.equal(revision.message, 'Add orders.');
  assert.equal(revision.createDate, '2026-02-03 09:14:52.183021+00:00');
  assert.equal(text.slice(revision.idRange.start, revision.idRange.end), '"b2"');
  const { upgrade, downgrade } = revision;
  assert.equal(upgrade?.empty, true);
  assert.equal(downgrade?.empty, false);
  assert.equal(
    text.slice(downgrade?.range.start, downgrade?.range.end),
    'def downgrade() -> None:\n    op.drop_table("orders")',
  );
});

test('tuples, lists, single quotes, joined literals and comments between', () => {
  const head = "revision = 'c3'\n";
  assert.deepEqual(ids(revisionOf(`${head}down_revision = ("a1", "b2")`).down), ['a1', 'b2']);
  assert.deepEqual(ids(revisionOf(`${head}down_revision = ['a1',\n  # the other\n  "b2",\n]`).down), [
    'a1',
    'b2',
  ]);
  assert.deepEqual(ids(revisionOf(`${head}down_revision = "a1", "b2"`).down), ['a1', 'b2']);
  assert.deepEqual(ids(revisionOf(`${head}down_revision = ("a1")`).down), ['a1']);
  assert.deepEqual(ids(revisionOf(`${head}down_revision = "a" "1"`).down), ['a1']);
  assert.deepEqual(ids(revisionOf(`${head}branch_labels = ('one',)\ndepends_on = ()`).branchLabels), ['one']);
});

test('names, sums, f-strings and unpacking', () => {
  assert.equal(revisionOf('PREFIX = "2026_"\nrevision = PREFIX + "a"\ndown_revision = None').id, '2026_a');
  assert.equal(revisionOf('PREFIX = "2026_"\nrevision = f"{PREFIX}b"').id, '2026_b');
  assert.equal(revisionOf('revision, down_revision = "b", "a"').id, 'b');
  assert.deepEqual(
    ids(revisionOf('revision = "b"\nBASES = ("a", "c")\ndown_revision = (*BASES, "d")').down),
    ['a', 'c', 'd'],
  );
});

test('a value that is computed is said, and the rest is kept', () => {
  const reading = read('revision = "b"\ndown_revision = find_head()\n');
  assert.deepEqual(reading.kind === 'revision' && reading.problems.map(problem => problem.code), [
    'computed-reference',
  ]);
  assert.equal(read('revision = make_id()').kind === 'unreadable' && 'ok', 'ok');
});

test('constants of another module, where the caller knows them', () => {
  const text = 'from db import cli\nrevision = "b"\nbranch_labels = (cli.EXPAND,)\n';
  const known = (name: string) => (name === 'db.cli.EXPAND' ? 'expand' : null);
  const reading = readRevision('b.py', text, source => parser.parse(source), known);
  assert.deepEqual(reading.kind === 'revision' && ids(reading.revision.branchLabels), ['expand']);
});

test('files without an id: by their name as Alembic 0.1 had it, or none', () => {
  const legacy = read('down_revision = None\n', 'versions/1a2b.py');
  assert.equal(legacy.kind === 'revision' && legacy.revision.id, '1a2b');
  const helper = read('def helper(): pass\n', 'versions/helper.py');
  assert.equal(helper.kind === 'unreadable' && helper.problem.code, 'missing-revision-id');
});

test('text that looks like a variable inside of strings and functions is none', () => {
  const text =
    '"""\nrevision = "no"\n"""\nrevision = "yes"\nSQL = """\ndown_revision = "no"\n"""\ndef upgrade():\n    revision = "local"\n';
  assert.equal(revisionOf(text).id, 'yes');
  assert.deepEqual(revisionOf(text).down, []);
});

test('the last assignment wins, also in a branch', () => {
  assert.equal(revisionOf('revision = "a"\nrevision = "b"').id, 'b');
  assert.equal(read('revision = "a"\nif x:\n    revision = "b"\n').kind, 'unreadable');
});

test('broken, empty and odd files', () => {
  assert.equal(revisionOf('revision = "a"\ndown_revision = "b\ndef upgrade(:\n').id, 'a');
  assert.equal(read('').kind, 'unreadable');
  assert.equal(revisionOf('\ufeffrevision = "a"\r\ndown_revision = "b"\r\n').id, 'a');
  assert.equal(revisionOf('revision = "a"; down_revision = "b"').id, 'a');
  assert.equal(revisionOf('async def upgrade():\n    u"""Doc"""\nrevision = "a"').upgrade?.empty, true);
});
