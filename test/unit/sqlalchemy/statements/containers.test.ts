/** Lists, sets and dictionaries that conditions and values are collected in before a statement takes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, sqlOf } from './sql-of.ts';

/** The SQL of `statement` at the end of a function that begins with the given lines. */
function after(lines: string, statement: string): readonly string[] {
  const body = lines.trim().split('\n');
  return sqlOf(
    [
      'def run(session: Session, names: list[str], flag: bool, other):',
      ...body,
      `session.execute(${statement})`,
    ].join('\n    '),
  );
}

const any = 'select(User.id).where(or_(*conditions))';

test('a set that a loop over known columns fills is followed', () => {
  const lines = 'found = set()\nfor column in (User.id, User.name):\n    found.add(column)';
  assert.deepEqual(after(lines, 'select(User.id).where(or_(*(each.is_(None) for each in found)))'), [
    'SELECT users.id FROM users WHERE users.id IS NULL OR users.name IS NULL',
  ]);
});

test('what one pass of a loop or comprehension collects stands for any number of its kind', () => {
  const one = ['SELECT users.id FROM users WHERE users.name = $1'];
  const loop = 'conditions = set()\nfor name in names:\n    conditions.add(User.name == name)';
  assert.deepEqual(after(loop, any), one);
  assert.deepEqual(after('conditions = []\nconditions += [User.name == name for name in names]', any), one);
  // How many there are is not known.
  assert.deepEqual(
    after(
      `${loop}\nif len(conditions) == 1:\n    conditions = [User.active]`,
      'select(User.id).where(*conditions)',
    ),
    ['SELECT users.id FROM users WHERE users.active', ...one],
  );
  assert.deepEqual(
    after(
      'found = []\nfor name in names:\n    found.append(User.id + 1)',
      'select(User.id).where(User.id.in_(found))',
    ).length,
    1,
  );
});

test('a list that only some passes of a loop fill is not taken for empty where its texts are joined', () => {
  const loop =
    'found = []\nfor name in names:\n    if name != other:\n        found.append({"id": f"{name}"})';
  const joined = `text('SELECT {}, 1'.format(', '.join([each["id"] for each in found])))`;
  assert.deepEqual(after(loop, joined), ['unknown: dynamic-sql']);
  // Of conditions the empty list is a form: the statement without a filter is sent too.
  const filters =
    'found = []\nfor name in names:\n    if name != other:\n        found.append(User.name == name)';
  assert.deepEqual(after(filters, 'select(User.id).where(*found)'), [
    'SELECT users.id FROM users',
    'SELECT users.id FROM users WHERE users.name = $1',
  ]);
});

for (const [what, lines] of [
  ['a method that is not followed', 'conditions = [User.active]\nconditions.pop()'],
  ['a function that is not known', 'conditions = []\nother(conditions)'],
  ['a nested function', 'conditions = []\ndef add(each):\n    conditions.append(each)\nadd(User.active)'],
] as const) {
  test(`a list that ${what} changes is unknown`, () => {
    assert.deepEqual(after(lines, any), ['unknown: dynamic-arguments']);
  });
}

test('a helper that fills the list it is given makes it unknown, one that reads it does not', () => {
  const helpers = `
def fill(conditions):
    conditions.append(User.active)

def show(conditions):
    return len(conditions)

def run(session: Session):
    conditions = [User.id == 1]
    show(conditions)
    session.execute(select(User.id).where(*conditions))
    fill(conditions)
    session.execute(select(User.id).where(*conditions))
`;
  assert.deepEqual(sqlOf(helpers), [
    'SELECT users.id FROM users WHERE users.id = $1',
    'unknown: dynamic-arguments',
  ]);
});

test('both names of one list see what is added', () => {
  const lines = 'conditions = []\nsame = conditions\nsame.append(User.active)';
  assert.deepEqual(after(lines, any), ['SELECT users.id FROM users WHERE users.active']);
});

test('a list of an object may have been filled by any of its methods', () => {
  const python = `
class Reader:
    def __init__(self):
        self.conditions = []

    def read(self, session: Session):
        return session.execute(select(User.id).where(or_(*self.conditions)))
`;
  assert.deepEqual(sqlOf(python), ['unknown: dynamic-arguments']);
});

test('conditions without anything in them are left out as SQLAlchemy leaves them out', () => {
  assert.deepEqual(after('conditions = []', 'select(User.id).where(User.active, or_(*conditions))'), [
    'SELECT users.id FROM users WHERE users.active',
  ]);
  assert.deepEqual(after('conditions = []', any), ['SELECT users.id FROM users']);
});

for (const guard of ['conditions', 'len(conditions) > 0', 'conditions != []', 'not not conditions']) {
  test(`\`if ${guard}\` is decided where the list is known`, () => {
    const lines = `conditions = []\nif flag:\n    conditions.append(User.active)\nif ${guard}:\n    session.execute(${any})`;
    assert.deepEqual(after(lines, 'select(User.id)'), [
      'SELECT users.id FROM users WHERE users.active',
      'SELECT users.id FROM users',
    ]);
  });
}

test('an UPDATE that sets nothing is unknown', () => {
  const lines = 'values = {}\nif flag:\n    values["name"] = "x"';
  assert.deepEqual(after(lines, 'update(User).where(User.id == 1).values(**values)'), [
    'UPDATE users SET name=$1 WHERE users.id = $2',
    'unknown: dynamic-arguments',
  ]);
});

test('entries that come and go are followed', () => {
  const lines = 'values = {"name": "x"}\nvalues.update(active=True)\nvalues.pop("name")';
  assert.deepEqual(after(lines, 'update(User).values(values)'), ['UPDATE users SET active=$1']);
});

test('a list of plain values stays a list of parameters, however it was filled', () => {
  const lines = 'ids = []\nfor name in names:\n    ids.append(name)';
  assert.deepEqual(after(lines, 'select(User.id).where(User.name.in_(ids))'), [
    'SELECT users.id FROM users WHERE users.name IN ($1)',
  ]);
});

const chunks = `
import itertools

def chunks(items, n):
    if isinstance(items, list):
        for i in range(0, len(items), n):
            yield items[i:i + n]
    else:
        while chunk := list(itertools.islice(items, n)):
            yield chunk
`;

for (const part of ['chunks(conditions, 20)', 'itertools.batched(conditions, 20)']) {
  test(`a part of a list that a loop has filled is such a list: for chunk in ${part}`, () => {
    const python = `${chunks}
def run(session: Session, names):
    conditions = [User.name == name for name in names]
    for chunk in ${part}:
        session.execute(select(User.id).where(or_(*chunk)))
`;
    assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.name = $1']);
  });
}

test('a slice of a list that a loop has filled', () => {
  const lines = 'conditions = [User.name == name for name in names]';
  assert.deepEqual(after(lines, 'select(User.id).where(or_(*conditions[:20]))'), [
    'SELECT users.id FROM users WHERE users.name = $1',
  ]);
});

test('what else is made of a list of SQL is unknown', () => {
  const lines = 'import itertools\nconditions = [User.name == name for name in names]';
  const statement = 'select(User.id).where(or_(*itertools.compress(conditions, names)))';
  assert.deepEqual(after(lines, statement), ['unknown: dynamic-arguments']);
});

const orders = 'orders = {"name": User.name, "id": User.id}';

for (const picked of ['orders[key]', 'orders.get(key)', 'orders.get(key, User.id)']) {
  test(`an entry that the program picks gives a form for each: ${picked}`, () => {
    assert.deepEqual(after(orders, `select(User.id).order_by(${picked})`), [
      'SELECT users.id FROM users ORDER BY users.id',
      'SELECT users.id FROM users ORDER BY users.name',
    ]);
  });
}

test('a missing entry has what get() falls back to', () => {
  assert.deepEqual(after(orders, 'select(User.id).order_by(orders.get("x", User.active))'), [
    'SELECT users.id FROM users ORDER BY users.active',
  ]);
});

test('one of many entries is unknown', () => {
  const many = Array.from({ length: 9 }, (_, index) => `"${index}": User.id + ${index}`).join(', ');
  assert.deepEqual(after(`orders = {${many}}`, 'select(User.id).order_by(orders[key])'), [
    'unknown: dynamic-attribute',
  ]);
});

test('an attribute that a Literal names gives a form for each that the class has', () => {
  const python = `
from typing import Literal

def run(session: Session, key: Literal["id", "name", "rank"]):
    session.execute(select(getattr(User, key)))
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users', 'SELECT users.name FROM users']);
});

test('a class that callers may leave out is the one that the function is written for', () => {
  const python = 'def run(session: Session, model=User):\n    session.execute(select(model.id))\n';
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users']);
});

test('the table of an object is that of its class', () => {
  const python =
    'def run(session: Session, user: User):\n    table = user.__table__\n    session.execute(select(table.c.id))\n';
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users']);
});

test('of a class that is picked while the program runs, what it lacks may be asked of the others alone', () => {
  const python = `
kinds = {"users": User, "posts": Post}
def read(session: Session, kind: str):
    found = kinds[kind]
    return session.execute(select(found.id)), session.execute(select(found.title))
`;
  const [byKey, byTitle] = factsOf(python);
  assert.deepEqual(
    byKey?.forms.map(each => each.sql.replaceAll(/\s+/g, ' ')),
    ['SELECT users.id FROM users', 'SELECT posts.id FROM posts'],
  );
  assert.deepEqual(
    byTitle?.forms.map(each => each.sql.replaceAll(/\s+/g, ' ')),
    ['SELECT posts.title FROM posts'],
  );
  assert.equal(byTitle?.unknown?.reason, 'dynamic-attribute');
});

test('tables in the body of a class are reached through the class and through objects that hold it', () => {
  const python = `
def MyTable(*args, **kwargs):
    return Table(*args, **kwargs)
class Tables:
    metadata = MetaData()
    logs = MyTable("logs", metadata, Column("id", Integer, primary_key=True))
class Database:
    def __init__(self):
        self.tables = Tables()
class Reader:
    def __init__(self, database: Database):
        self.database = database
    def read(self, session: Session):
        logs = self.database.tables.logs
        session.execute(select(logs.c.id))
def clear(session: Session):
    session.execute(Tables.logs.delete())
`;
  assert.deepEqual(sqlOf(`from sqlalchemy import Column, Integer, MetaData, Table\n${python}`), [
    'SELECT logs.id FROM logs',
    'DELETE FROM logs',
  ]);
});

test('rows that a comprehension makes: one of them stands for all', () => {
  const python = `
def added(session: Session, names: list[str]):
    session.execute(insert(User).values([{"name": name, "active": True} for name in names]))
`;
  assert.deepEqual(sqlOf(python), ['INSERT INTO users (name, active) VALUES ($1, $2)']);
});

test('parts of a list that is known', () => {
  const lines = 'columns = [User.id, User.name, User.active]\nfirst, *rest = columns\n*most, last = columns';
  assert.deepEqual(after(lines, 'select(*rest, first)'), [
    'SELECT users.name, users.active, users.id FROM users',
  ]);
  assert.deepEqual(after(lines, 'select(last, *most)'), [
    'SELECT users.active, users.id, users.name FROM users',
  ]);
  assert.deepEqual(after(lines, 'select(*columns[1:], *columns[:-2])'), [
    'SELECT users.name, users.active, users.id FROM users',
  ]);
  // Which of them are left is only known while the program runs.
  assert.deepEqual(after(lines, 'select(*columns[: len(names)])'), ['unknown: dynamic-arguments']);
  assert.deepEqual(after('first, *rest = other', 'select(*rest)'), ['unknown: dynamic-arguments']);
});

test('the columns of a table as a tuple', () => {
  assert.deepEqual(after('columns = tuple(Post.__table__.columns)', 'select(*columns)'), [
    'SELECT posts.id, posts.title, posts.user_id FROM posts',
  ]);
});

test('an item that is taken away', () => {
  const lines = 'values = {"name": "Ann", "active": True}\ndel values["active"]';
  assert.deepEqual(after(lines, 'update(User).values(values)'), ['UPDATE users SET name=$1']);
  assert.deepEqual(after(lines.replace('"active"]', 'other]'), 'update(User).values(values)'), [
    'unknown: dynamic-arguments',
  ]);
});

/** The same with a helper that gives one dictionary or another. */
function scoped(lines: string, statement: string): readonly string[] {
  const helper = `
def scope(owner, **others):
    found = {}
    if owner:
        found["id"] = owner
    return {**found, **others}
`;
  const body = [
    'def run(session: Session, flag, other):',
    ...lines.split('\n'),
    `session.execute(${statement})`,
  ];
  return sqlOf(`${helper}\n${body.join('\n    ')}`);
}

test('dictionaries that a helper gives, one form for each', () => {
  const both = [
    'SELECT users.id FROM users WHERE users.id = $1 AND users.name = $2',
    'SELECT users.id FROM users WHERE users.name = $1',
  ];
  assert.deepEqual(scoped('pass', 'select(User.id).filter_by(**scope(other, name=flag))'), both);
  assert.deepEqual(
    scoped('found = scope(other, **{"name": flag})', 'select(User.id).filter_by(**found)'),
    both,
  );
  assert.deepEqual(scoped('pass', 'update(User).values(scope(other, name=flag))'), [
    'UPDATE users SET id=$1, name=$2',
    'UPDATE users SET name=$1',
  ]);
  assert.deepEqual(scoped('pass', 'select(User.id).filter_by(**scope(other, **{flag: 1}))'), [
    'unknown: dynamic-arguments',
  ]);
});

test('a helper that is given one dictionary of a helper after another', () => {
  const python = `
def by_id(): return {"id": 1}
def by_name(): return {"name": "x"}
def matching(values): return select(User.id).filter_by(**values)
def run(session: Session):
    session.execute(matching(by_id()).limit(1))
    session.execute(matching(by_name()).limit(1))
`;
  const limited = (column: string) => `SELECT users.id FROM users WHERE users.${column} = $1 LIMIT $2`;
  assert.deepEqual(
    sqlOf(python).filter(each => !each.startsWith('unknown')),
    [limited('id'), limited('name')],
  );
});

test('what was changed of such a dictionary', () => {
  for (const change of [
    'found["active"] = True',
    'found.pop("id", None)',
    'del found["id"]',
    'found |= other',
    'found.update(other)',
  ]) {
    const lines = `found = scope(other, name=flag)\n${change}`;
    assert.deepEqual(
      scoped(lines, 'select(User.id).filter_by(**found)'),
      ['unknown: dynamic-arguments'],
      change,
    );
  }
});

test('a list picked out of a dictionary, one form for each', () => {
  const lines = 'orders = {"name": [User.name.asc(), User.id], "id": (User.id.desc(),)}';
  const ordered = (order: string) => `SELECT users.id FROM users ORDER BY users.${order}`;
  const both = [ordered('id DESC'), ordered('name ASC, users.id')];
  assert.deepEqual(after(lines, 'select(User.id).order_by(*orders[other])'), both);
  assert.deepEqual(after(lines, 'select(User.id).order_by(*orders.get(other, [User.active]))'), [
    ordered('active'),
    ...both,
  ]);
  assert.deepEqual(
    after('orders = {"name": [User.name], "id": other}', 'select(User.id).order_by(*orders[other])'),
    ['unknown: dynamic-attribute'],
  );
});
