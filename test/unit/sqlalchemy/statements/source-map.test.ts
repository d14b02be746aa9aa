/** Each piece of SQL knows the Python that made it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceAt } from '../../../../src/sqlalchemy/statement.ts';
import { factsOf, sourcesOf, textOf } from './sql-of.ts';

test('columns, conditions and parameters lead to their expressions', () => {
  const sources = sourcesOf('stmt = select(User.id).where(User.name == "ann", User.active)');
  assert.equal(sources.get('users.name'), 'User.name');
  assert.equal(sources.get('users.name = $1'), 'User.name == "ann"');
  assert.equal(sources.get('$1'), '"ann"');
  assert.equal(sources.get('users.active'), 'User.active');
});

test('the columns of a class lead to the class', () => {
  assert.equal(sourcesOf('stmt = select(User)').get('users.name'), 'User');
});

test('words of text lead to their place in the literal', () => {
  const sources = sourcesOf('stmt = text("SELECT idd FROM users " "WHERE name = :who")');
  assert.equal(sources.get('idd'), 'idd');
  assert.equal(sources.get('$1'), ':who');
});

test('the narrowest entry answers for an offset', () => {
  const form = factsOf('stmt = select(User.id).where(User.nam == 1)')[0]?.forms[0];
  assert.ok(form);
  const entry = sourceAt(form, form.sql.indexOf('nam'));
  assert.equal((entry?.location.range.end ?? 0) - (entry?.location.range.start ?? 0), 'User.nam'.length);
});

test('parameters carry the names and types that SQLAlchemy gives them', () => {
  const form = factsOf('stmt = select(User.id).where(User.id == 5, User.name == "x").limit(1)')[0]?.forms[0];
  assert.deepEqual(
    form?.parameters.map(({ position, name, type }) => [position, name, type]),
    [
      [1, 'id_1', 'Integer'],
      [2, 'name_1', 'String'],
      [3, 'param_1', 'Integer'],
    ],
  );
});

/** The Python that PostgreSQL's objection to the first place of `sql` leads to. */
function blamed(python: string, sql: string): string | undefined {
  const form = factsOf(python)[0]?.forms[0];
  const offset = form?.sql.indexOf(sql) ?? -1;
  const range = form === undefined || offset < 0 ? undefined : sourceAt(form, offset)?.location.range;
  return range && textOf(python).slice(range.start, range.end);
}

for (const [python, sql, source] of [
  ['found = select(User.emial)', 'users.emial', 'User.emial'],
  ['found = select(User.id).where(User.emial == "x")', 'users.emial', 'User.emial'],
  ['found = select(User.id).where(User.emial.in_(["x"]))', 'users.emial', 'User.emial'],
  ['found = select(User.id).order_by(User.emial.desc())', 'users.emial', 'User.emial'],
  ['found = select(func.lower(User.emial).label("low"))', 'users.emial', 'User.emial'],
  ['found = select(User).filter_by(emial="x")', 'users.emial', 'emial'],
  ['found = update(User).values(nmae="x")', 'nmae', 'nmae'],
  ['found = update(User).values({"nmae": "x"})', 'nmae', '"nmae"'],
  ['found = insert(User).values(name="x", nmae="y")', 'nmae', 'nmae'],
  ['found = insert(User).values([{"name": "x", "nmae": "y"}])', 'nmae', '"nmae"'],
  ['found = select(User.id).order_by("nmae")', 'nmae', '"nmae"'],
  ['found = select(User.id).order_by(sa.desc("nmae"))', 'nmae', 'sa.desc("nmae")'],
  ['found = select(User.id).group_by("nmae")', 'nmae', '"nmae"'],
  ['found = select(sa.literal_column("nmae"))', 'nmae', 'nmae'],
  ['found = text("""\n    SELECT nmae\n    FROM users\n""")', 'nmae', 'nmae'],
  ["found = text('SELECT \\'é\\', nmae FROM users')", 'nmae', 'nmae'],
  ['found = text("SELECT id\\n, nmae FROM users")', 'nmae', 'nmae'],
  ['found = text("SELECT (nmae)+1 FROM users")', 'nmae', '(nmae)+1'],
  ['QUERY = "SELECT nmae FROM users"\nfound = text(QUERY)', 'nmae', 'nmae'],
] as const) {
  test(`${JSON.stringify(python)} is blamed at ${source}`, () => {
    assert.equal(blamed(python, sql), source);
  });
}
