import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementPlaces } from '../../../src/features/statement-places.ts';
import { workspaceOf } from '../../workspace.ts';

const models = `from sqlalchemy import select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

def by_name(name: str):
    return select(User).where(User.name == name)

def rename(name: str):
    return update(User).where(User.id == 1).values(name=name)

def begin(session):
    session.execute(text("BEGIN"))
    session.execute(text("SELECT 1"))
`;

test('a statement that runs leads to the code that made it, whatever driver sent it', async () => {
  const places = statementPlaces(await workspaceOf({ 'app.py': models }));
  const found = (sql: string) => {
    const location = places.find(sql);
    return location && models.slice(location.range.start, location.range.end).split('(')[0];
  };
  assert.equal(found('SELECT users.id, users.name \nFROM users \nWHERE users.name = $1::VARCHAR'), 'select');
  assert.equal(found("UPDATE users SET name='ann' WHERE users.id = 1"), 'update');
  assert.equal(found('SELECT users.id FROM users'), null);
});

test('what drivers and pools send by themselves leads nowhere', async () => {
  const places = statementPlaces(await workspaceOf({ 'app.py': models }));
  for (const sql of ['BEGIN', 'BEGIN;', 'COMMIT', 'SELECT 1', '']) assert.equal(places.find(sql), null, sql);
});
