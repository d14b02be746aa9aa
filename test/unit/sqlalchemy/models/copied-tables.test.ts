/** Tables that a function copies into another metadata, and the classes that are made on them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadModels } from '../../../../src/sqlalchemy/models/read-models.ts';
import { columns, modelOf, preamble, read, readFiles, relationships } from './read-models-of.ts';

const models = `${preamble}
class Stamp(sa.TypeDecorator):
    impl = sa.DateTime

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    key = Column(postgresql.UUID(as_uuid=True), nullable=False)
    born = Column(sa.DateTime(timezone=True))
    seen = Column(Stamp)
    note = Column(sa.Text)
    extras = Column("metadata", postgresql.JSONB, index=True)

class Pet(Base):
    __tablename__ = "pets"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("users.id"))
`;

const retyping = `
    for column in new.columns:
        if isinstance(column.type, UUID):
            column.type = sa.String(32)
        elif isinstance(column.type, (sa.DateTime, sa.Date)):
            column.type = sa.BigInteger()
        elif isinstance(column.type, JSONB):
            column.type = sa.JSON()
            column.default = ColumnDefault(dict)`;

const names = '**{c.name if c.name != "metadata" else "_metadata": c for c in table.columns}';

interface Spelling {
  readonly body?: string;
  readonly copied?: string;
  readonly loop?: string;
  readonly spread?: string;
}

/** A module that copies the tables of `models`, and makes a class on each. */
function copied({
  body = retyping,
  copied = 'given.to_metadata(Lite.metadata)',
  loop = 'models.Base.metadata.sorted_tables',
  spread = names,
}: Spelling): ReadModels {
  const lite = `
import sqlalchemy as sa
from sqlalchemy import ColumnDefault, orm
from sqlalchemy.dialects.postgresql import JSONB, UUID
import models
Lite = orm.declarative_base(metadata=sa.MetaData())
def copy(given):
    "Copies a table."
    new = ${copied}${body}
    return new
def make(cls):
    table = Lite.metadata.tables[cls.__tablename__]
    return type(cls.__name__, (Lite,), {"__table__": table, ${spread}})
for each in ${loop}:
    copy(each)
User = make(models.User)
Owned = make(models.Pet)
Owned.owner = orm.relationship("User", backref="pets")
`;
  return readFiles({ 'models.py': models, 'lite.py': lite });
}

test('a copy has the columns of its table, with the types that the loop gives them', () => {
  const read = copied({});
  // Whether a decorated type is one of those asked for is not told by its name.
  assert.deepEqual(columns(modelOf(read, 'lite.User')), [
    'id INTEGER not null pk',
    'key VARCHAR(32) not null',
    'born BIGINT null',
    'seen ? null',
    'note TEXT null',
    '_metadata JSON null',
  ]);
  const extras = modelOf(read, 'lite.User').attributes.find(({ name }) => name === '_metadata');
  assert.equal(extras?.kind === 'column' ? extras.default : null, 'dict');
  const original = modelOf(read, 'models.User').attributes.find(({ name }) => name === 'extras');
  assert.equal(original?.kind === 'column' ? original.sqlType : null, 'JSONB');
});

test('the classes on copies are related to each other', () => {
  const read = copied({});
  assert.deepEqual(relationships(modelOf(read, 'lite.Owned')), ['owner -> lite.User many-to-one']);
  assert.deepEqual(relationships(modelOf(read, 'lite.User')), ['pets -> lite.Owned one-to-many collection']);
  assert.deepEqual(relationships(modelOf(read, 'models.User')), []);
});

test('a copy without changes, and with lost indexes', () => {
  const plain = modelOf(copied({ body: '' }), 'lite.User');
  assert.ok(columns(plain).includes('key UUID not null'));
  assert.equal(plain.table?.indexes.length, 1);
  const unread = modelOf(copied({ body: '\n    new.indexes.difference_update([])' }), 'lite.User');
  assert.equal(unread.table?.indexes.length, 1, 'the column says so itself');
  assert.ok(unread.table?.unread?.includes('indexes'));
});

for (const [what, spelling] of Object.entries<Spelling>({
  'a column is renamed': { body: '\n    for column in new.columns:\n        column.name = "x"' },
  'a type depends on something else': {
    body: '\n    for column in new.columns:\n        if column.name == "key":\n            column.type = sa.String(32)',
  },
  'a column is appended': { body: '\n    new.append_column(sa.Column("extra", sa.Integer))' },
  'the copy has another name': { copied: 'given.to_metadata(Lite.metadata, name="other")' },
  'the copy goes elsewhere': { copied: 'given.to_metadata(sa.MetaData())' },
  'other tables are copied': { loop: 'Lite.metadata.sorted_tables' },
  'some tables are copied': { loop: 'models.Base.metadata.sorted_tables[:1]' },
  'some columns are left out': { spread: '**{c.name: c for c in table.columns if c.nullable}' },
}))
  test(`not read where ${what}`, () => {
    const found = copied(spelling).models.get('lite.User');
    assert.ok(!found?.table);
    assert.deepEqual(found ? columns(found) : [], []);
  });

test('classes that name each other’s tables, or their own, have none', () => {
  const { models } = read(`
class Own(Base):
    __table__ = Base.metadata.tables[Own.__tablename__]
class One(Base):
    __table__ = Base.metadata.tables[Two.__tablename__]
class Two(Base):
    __table__ = Base.metadata.tables[One.__tablename__]
`);
  assert.deepEqual(
    [...models.values()].map(({ name, table }) => [name, table]),
    [
      ['Own', null],
      ['One', null],
      ['Two', null],
    ],
  );
});
