/** A statement's hover tells the rows and parameters that PostgreSQL has described. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkFile } from '../../../src/features/checking/check-file.ts';
import { hoverAt } from '../../../src/features/hover.ts';
import { openTestShadow } from '../../shadow.ts';
import { workspaceOf } from '../../workspace.ts';

const shadow = openTestShadow();
after(() => shadow.dispose());

const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
`;

async function hoverOf(statement: string): Promise<string> {
  const text = `from sqlalchemy import text\nfound = ${statement}\n`;
  const workspace = await workspaceOf({ 'models.py': models, 'app.py': text });
  const judge = await shadow.judgeFor(workspace.project.models.values());
  const { statements } = await checkFile(workspace, '/project/app.py', judge, new AbortController().signal);
  return hoverAt(workspace, '/project/app.py', text.indexOf('SELECT'), statements)?.contents ?? '';
}

test('names, types and nullability of rows, and the types of parameters', async () => {
  const contents = await hoverOf(
    'text("SELECT id, name, count(*) AS n FROM users WHERE name = :who GROUP BY id")',
  );
  assert.match(contents, /\*\*Rows\*\* `id integer NOT NULL`, `name character varying NULL`, `n bigint`/);
  assert.match(contents, /\*\*Parameters\*\* `who (?:character varying|text)`/);
});

async function hoverAtCursor(marked: string): Promise<string> {
  const workspace = await workspaceOf({ 'models.py': models, 'app.py': marked.replace('¦', '') });
  return hoverAt(workspace, '/project/app.py', marked.indexOf('¦'))?.contents ?? '';
}

test('a name in SQL text shows what it stands for', async () => {
  const sql = (text: string) => hoverAtCursor(`from sqlalchemy import text\nfound = text("${text}")\n`);
  assert.match(await sql('SELECT u.name FROM us¦ers u'), /^\*\*User\*\*[\s\S]*CREATE TABLE users/);
  assert.match(await sql('SELECT u.na¦me FROM users u'), /users\.name VARCHAR NULL/);
  assert.match(await sql('SEL¦ECT u.name FROM users u'), /SELECT\n {2}u\.name/);
});

test('a keyword of filter_by() shows its column', async () => {
  const code = 'from sqlalchemy import select\nfrom models import User\nselect(User).filter_by(na¦me="x")\n';
  assert.match(await hoverAtCursor(code), /users\.name VARCHAR NULL/);
});

test('what loading relationships sends besides stands below', async () => {
  const text = `from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload
from models import Base

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"))

class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list[Order]] = relationship()

found = select(Owner).options(selectinload(Owner.orders))
`;
  const workspace = await workspaceOf({ 'models.py': models, 'app.py': text });
  const contents = hoverAt(workspace, '/project/app.py', text.lastIndexOf('.options') + 1)?.contents ?? '';
  assert.match(
    contents,
    /FROM\s+owners[\s\S]*Then, for Owner\.orders \(selectin\)[\s\S]*orders\.owner_id IN \(\$1\)/,
  );
});

test('an outer join may make any column null', async () => {
  const contents = await hoverOf('text("SELECT b.id FROM users a LEFT JOIN users b ON b.id = a.id")');
  assert.match(contents, /`id integer NULL`/);
});
