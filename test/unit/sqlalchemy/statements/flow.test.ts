/** Statements put together over several lines, branches, helpers and classes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, sqlOf } from './sql-of.ts';

test('a variable that is extended is one statement', () => {
  const python = `
def read(session: Session):
    stmt = select(User.id)
    stmt = stmt.where(User.active)
    return session.execute(stmt)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.active']);
});

test('branches give a form for each combination', () => {
  const python = `
def read(session: Session, name: str | None, active: bool):
    stmt = select(User.id)
    if name:
        stmt = stmt.where(User.name == name)
    if active:
        stmt = stmt.where(User.active)
    return session.execute(stmt.limit(1))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id FROM users LIMIT $1',
    'SELECT users.id FROM users WHERE users.active LIMIT $1',
    'SELECT users.id FROM users WHERE users.name = $1 AND users.active LIMIT $2',
    'SELECT users.id FROM users WHERE users.name = $1 LIMIT $2',
  ]);
});

test('the same test twice takes the same branch twice', () => {
  const python = `
def read(session: Session, title: str | None):
    stmt = select(User.id)
    if title:
        stmt = stmt.join(User.posts)
    if title:
        stmt = stmt.where(Post.title == title)
    return session.execute(stmt)
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id FROM users',
    'SELECT users.id FROM users JOIN posts ON users.id = posts.user_id WHERE posts.title = $1',
  ]);
});

test('of more forms than can be followed there is a sample, in which each branch is taken and left out', () => {
  const names = 'abcdef'.split('');
  const branches = names.map(name => `    if ${name}:\n        stmt = stmt.where(text("is_${name}"))`);
  const python = `
def read(session: Session, a, b, c, d, e, f):
    stmt = select(User.id)
${branches.join('\n')}
    return session.execute(stmt)
`;
  const forms = sqlOf(python);
  assert.ok(forms.length <= 8, `${forms.length} forms`);
  for (const name of names) {
    const outcomes = new Set(forms.map(form => form.includes(`is_${name}`)));
    assert.equal(outcomes.size, 2, `${name} in ${forms.join('\n')}`);
  }
});

test('a list of conditions is followed through append', () => {
  const python = `
def read(session: Session, name: str | None):
    filters = [User.active]
    if name:
        filters.append(User.name == name)
    return session.scalars(select(User.id).where(*filters))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id FROM users WHERE users.active',
    'SELECT users.id FROM users WHERE users.active AND users.name = $1',
  ]);
});

test('a conditional expression gives two forms', () => {
  const python = `
def read(session: Session, down: bool):
    order = User.name.desc() if down else User.name
    return session.execute(select(User.id).order_by(order))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id FROM users ORDER BY users.name',
    'SELECT users.id FROM users ORDER BY users.name DESC',
  ]);
});

test('one pass of a loop stands for any number of them', () => {
  const python = `
def read(session: Session, names: list[str]):
    stmt = select(User.id)
    for name in names:
        stmt = stmt.where(User.name != name)
    return session.execute(stmt)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.name != $1']);
});

test('a loop over known values is unrolled', () => {
  const python = `
def read(session: Session):
    stmt = select(User.id)
    for column in (User.name, User.id):
        stmt = stmt.order_by(column)
    return session.execute(stmt)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users ORDER BY users.name, users.id']);
});

test('a helper that returns a statement is looked into', () => {
  const python = `
def visible(stmt: Select) -> Select:
    return stmt.where(User.active)

def read(session: Session):
    return session.execute(visible(select(User.id)))
`;
  assert.ok(sqlOf(python).includes('SELECT users.id FROM users WHERE users.active'));
});

test('self.model is the class that the repository names', () => {
  const python = `
T = TypeVar("T", bound=Base)

class Repository(Generic[T]):
    model: type[T]

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def all(self):
        return await self.session.scalars(select(self.model))

class Users(Repository[User]):
    model = User

    async def by_name(self, name: str):
        return await self.session.scalars(select(self.model.id).where(self.model.name == name))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id, users.name, users.active FROM users',
    'SELECT users.id FROM users WHERE users.name = $1',
  ]);
});

test('an attribute picked at run time is unknown', () => {
  const python = `
def read(session: Session, sort: str):
    return session.execute(select(User.id).order_by(getattr(User, sort)))
`;
  assert.deepEqual(sqlOf(python), ['unknown: dynamic-attribute']);
});

test('a statement used as a part and by itself is two statements', () => {
  const python = `
def page(session: Session):
    found = select(User.id).where(User.active)
    count = session.scalar(select(func.count()).select_from(found.subquery()))
    return count, session.scalars(found.limit(5))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT count(*) AS count_1 FROM (SELECT users.id AS id FROM users WHERE users.active) AS anon_1',
    'SELECT users.id FROM users WHERE users.active LIMIT $1',
  ]);
});

test('text that is put together is unknown, constant text is not', () => {
  const python = `
def read(session: Session, name: str):
    session.execute(text("SELECT id FROM users WHERE name = :name"), {"name": name})
    session.execute(text(f"SELECT id FROM {name}"))
`;
  assert.deepEqual(sqlOf(python), ['SELECT id FROM users WHERE name = $1', 'unknown: dynamic-sql']);
});

test('a column that the model does not have is rendered, for PostgreSQL to judge', () => {
  assert.deepEqual(sqlOf('stmt = select(User.id).where(User.nam == 1)'), [
    'SELECT users.id FROM users WHERE users.nam = $1',
  ]);
});

test('the last extension is where a statement stands', () => {
  const python = 'stmt = select(User.id)\nstmt = stmt.limit(5)\n';
  const [fact, ...others] = factsOf(python);
  assert.equal(others.length, 0);
  assert.equal(fact?.kind, 'select');
  assert.equal((fact?.location.range.end ?? 0) - (fact?.location.range.start ?? 0), 'stmt.limit(5)'.length);
});

test('half-typed code gives what can be known', () => {
  assert.doesNotThrow(() => sqlOf('stmt = select(User).where(User.'));
  assert.doesNotThrow(() => sqlOf('class X(\nstmt = select('));
});

test('values are followed through entries of a dictionary', () => {
  const python = `
def write(session: Session, name: str, active: bool | None):
    values = {"name": name}
    if active is not None:
        values["active"] = active
    session.execute(update(User).values(**values))
`;
  assert.deepEqual(sqlOf(python), ['UPDATE users SET name=$1', 'UPDATE users SET name=$1, active=$2']);
});

test('what type checkers see is what names mean', () => {
  const python = `
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    Model = User
else:
    Model = object()
stmt = select(Model.id)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users']);
});

test('words for another database are not printed', () => {
  const hint = 'prefix_with("/*+ INDEX */", dialect="oracle")';
  assert.deepEqual(sqlOf(`found = select(User.id).${hint}`), ['SELECT users.id FROM users']);
  assert.deepEqual(sqlOf(`gone = delete(User).${hint}.where(User.id == 1)`), [
    'DELETE FROM users WHERE users.id = $1',
  ]);
});

test('paths that agree on one name and not on another stay apart', () => {
  const python = `
def read(session: Session, one: bool, two: bool):
    if one:
        first = [each for each in session]
        values = {"name": "x"}
    else:
        first = [each for each in session]
        values = {"active": True}
    session.execute(update(User).values(**values))
`;
  assert.deepEqual(sqlOf(python), ['UPDATE users SET active=$1', 'UPDATE users SET name=$1']);
});

test('count() of a legacy query loads nothing with the rows that it counts', () => {
  const python = `
from sqlalchemy.orm import joinedload

def read(session: Session):
    query = session.query(User).options(joinedload(User.posts)).group_by(User.id)
    return query.count()
`;
  assert.ok(!sqlOf(python).some(sql => sql.includes('LEFT OUTER JOIN')), sqlOf(python).join('\n'));
});

test('a function that a condition chooses gives a form for each', () => {
  const ordered = (direction: string) =>
    sqlOf(`
def read(session: Session, names: list[str], descending: bool):
    clauses = []
    for name in names:
        direction = ${direction}
        clauses.append(direction(User.id))
    return session.execute(select(User.id).order_by(*clauses))
`);
  const both = [
    'SELECT users.id FROM users ORDER BY users.id ASC',
    'SELECT users.id FROM users ORDER BY users.id DESC',
  ];
  assert.deepEqual(ordered('sa.desc if descending else sa.asc'), both);
});

test('a branch that was left out decides the tests that it answers', () => {
  const python = `
def read(session: Session, title: str | None, ids: list[int] | None):
    stmt = select(User.id)
    if title is not None or ids is not None:
        stmt = stmt.join(User.posts)
    if ids:
        stmt = stmt.where(Post.id.in_(ids))
    return session.execute(stmt)
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT users.id FROM users',
    'SELECT users.id FROM users JOIN posts ON users.id = posts.user_id',
    'SELECT users.id FROM users JOIN posts ON users.id = posts.user_id WHERE posts.id IN ($1)',
  ]);
});

test('a name that is bound anew, or changed by a method, is another to test', () => {
  const forms = [
    'SELECT users.id FROM users LIMIT $1',
    'SELECT users.id FROM users WHERE users.active AND users.name = $1 LIMIT $2',
    'SELECT users.id FROM users WHERE users.active LIMIT $1',
    'SELECT users.id FROM users WHERE users.name = $1 LIMIT $2',
  ];
  for (const change of ['names = others()', 'names.append("Ada")', 'for names in others(): pass']) {
    const python = `
def read(session: Session, names):
    stmt = select(User.id)
    if names:
        stmt = stmt.where(User.active)
    ${change}
    if names:
        stmt = stmt.where(User.name == "Ada")
    return session.execute(stmt.limit(1))
`;
    assert.deepEqual(sqlOf(python), forms, change);
    assert.deepEqual(sqlOf(python.replaceAll('names', 'größen')), forms, `${change}, in other letters`);
  }
});

test('the arguments of a helper decide its tests', () => {
  const python = `
def users(session: Session, **options):
    deleted = options.get("deleted") or session.info["deleted"]
    query = session.query(User.id)
    if deleted == "no":
        query = query.filter(User.active)
    elif deleted == "only":
        query = query.filter(~User.active)
    if options.get("named"):
        query = query.filter(User.name != "")
    return query

def read(session: Session):
    return users(session, deleted="only").limit(1).all()
`;
  const sent = (text: string) => sqlOf(text).filter(each => each.includes('LIMIT'));
  assert.deepEqual(sent(python), ['SELECT users.id AS users_id FROM users WHERE NOT users.active LIMIT $1']);
  assert.deepEqual(sent(python.replace('="only"', '="all"')), [
    'SELECT users.id AS users_id FROM users LIMIT $1',
  ]);
});

test('a statement that code from elsewhere goes on with is unknown, one that is sent is known', () => {
  const read = (line: string) => `
from search import Filter, fetch
def read(session: Session, condition):
    stmt = select(User.id, func.count())
    ${line}
    return session.execute(stmt.group_by(User.id))
`;
  const [handed] = factsOf(read('stmt = Filter(condition)(stmt)'));
  assert.equal(handed?.unknown?.reason, 'from-library');
  assert.deepEqual(handed?.forms, []);
  assert.deepEqual(sqlOf(read('rows = fetch(stmt)')), [
    'SELECT users.id, count(*) AS count_1 FROM users',
    'SELECT users.id, count(*) AS count_1 FROM users GROUP BY users.id',
  ]);
});

test('a path ends at a call that never returns', () => {
  const read = (line: string) =>
    sqlOf(`
import sys
from typing import NoReturn, assert_never
def refuse(kind: str) -> NoReturn:
    raise ValueError(kind)
def note(kind: str) -> None: ...
def read(session: Session, kind: str):
    stmt = select(User.id)
    if kind == "a":
        stmt = stmt.where(User.active)
    else:
        ${line}
    return session.execute(stmt.limit(1))
`);
  const extended = 'SELECT users.id FROM users WHERE users.active LIMIT $1';
  for (const line of ['assert_never(kind)', 'sys.exit(1)', 'refuse(kind)', 'raise ValueError(kind)'])
    assert.deepEqual(read(line), [extended], line);
  assert.deepEqual(read('note(kind)'), ['SELECT users.id FROM users LIMIT $1', extended]);
});

test('a column of a table that is given from outside is SQL, and not known', () => {
  const python =
    'def run(session: Session, model):\n    table = model.users\n    session.execute(select(func.count(table.c.id)))\n';
  assert.deepEqual(sqlOf(python), ['unknown: from-caller']);
});

test('the generic functions stand in a module of their own, too', () => {
  const python = 'from sqlalchemy.sql.functions import coalesce\nfound = select(coalesce(User.name, "x"))\n';
  assert.deepEqual(sqlOf(python), ['SELECT coalesce(users.name, $1) AS coalesce_1 FROM users']);
});

test('columns of a SELECT are those of one subquery', () => {
  const python = `
def run(session: Session):
    counted = select(Post.user_id, func.count().label("count")).group_by(Post.user_id)
    return session.execute(select(func.sum(counted.c.count), func.max(counted.c.user_id)))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT sum(anon_1.count) AS sum_1, max(anon_1.user_id) AS max_1 FROM (SELECT posts.user_id AS user_id, count(*) AS count FROM posts GROUP BY posts.user_id) AS anon_1',
  ]);
});
