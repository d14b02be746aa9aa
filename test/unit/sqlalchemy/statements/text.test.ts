/** Which texts are statements, and which are pieces of a statement that is made elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlOf } from './sql-of.ts';

for (const call of [
  'session.execute(text("FOO bar"))',
  'session.execute(statement=text("FOO bar"))',
  'session.scalars(text("FOO bar"))',
  'other.execute(text("FOO bar"))',
  'op.execute(text("FOO bar"))',
]) {
  test(`${call} executes a statement, whatever it says`, () => {
    const python = `from alembic import op\ndef run(session: Session, other):\n    ${call}\n`;
    assert.deepEqual(sqlOf(python), ['FOO bar']);
  });
}

test('a text with parameters is executed too', () => {
  const python = `
def run(session: Session, name: str):
    session.execute(text("FOO :name").bindparams(name=name))
    kept = text("BAR :name")
    session.execute(kept, {"name": name})
`;
  assert.deepEqual(sqlOf(python), ['FOO $1', 'BAR $1']);
});

for (const use of [
  'mapped_column(server_default=text("now()"))',
  'mapped_column(server_default=text("end"))',
  'Index("ix", User.name, postgresql_where=text("comment IS NULL"))',
  'CheckConstraint(text("load > 5"))',
  'op.create_index("ix", "users", ["name"], postgresql_where=text("start IS NULL"))',
]) {
  test(`${use} is no statement`, () => {
    const python = `from alembic import op\nfrom sqlalchemy import CheckConstraint, Index\nmade = ${use}\n`;
    assert.deepEqual(sqlOf(python), []);
  });
}

test('a text to order by is a part of its statement', () => {
  assert.deepEqual(sqlOf('found = select(User.id).order_by(text("end"))'), [
    'SELECT users.id FROM users ORDER BY end',
  ]);
});

test('a text that is put together out of nothing, where that way does not send it', () => {
  const python = `
def change(session: Session, name):
    updates = []
    if name is not None:
        updates.append("name = :name")
    changes = ", ".join(updates)
    query = text("UPDATE users SET {} WHERE id = 1".format(changes))
    if changes:
        session.execute(query)
`;
  assert.deepEqual(sqlOf(python), ['UPDATE users SET name = $1 WHERE id = 1']);
  assert.deepEqual(sqlOf(python.replace('if changes:', 'if session:')), [
    'UPDATE users SET WHERE id = 1',
    'UPDATE users SET name = $1 WHERE id = 1',
  ]);
});
