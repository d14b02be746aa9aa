import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, modelOf, preamble, read, readFiles } from './read-models-of.ts';

const column = 'Column(Integer, primary_key=True)';

test('a class that a call makes has the name of its variable in the workspace, and of the call in Python', () => {
  const model = modelOf(
    read(`Drawn = type("Pen", (Base,), {"__tablename__": "pens", "id": ${column}})\n`),
    'models.Drawn',
  );
  assert.deepEqual([model.name, model.tableName, model.incomplete], ['Pen', 'pens', false]);
  assert.deepEqual(columns(model), ['id INTEGER not null pk']);
});

test('what is written into a dictionary afterwards is not known', () => {
  const text = `def make(name, more):
    members = {"__tablename__": name, "id": ${column}}
    members[more] = Column(Integer)
    return type(name, (Base,), members)
Pen = make("pens", "ink")
`;
  const model = modelOf(read(text), 'models.Pen');
  assert.deepEqual([model.name, model.incomplete], ['pens', true]);
});

test('a class is not made by a branch that may not run', () => {
  const text = `def make(name):
    if configured:
        members = {"__tablename__": "one", "id": ${column}}
    else:
        members = {"__tablename__": "two", "id": ${column}}
    return type(name, (Base,), members)
Pen = make("Pen")
`;
  assert.deepEqual(
    [...read(text).models.values()].map(model => [model.tableName, model.incomplete]),
    [[null, true]],
  );
});

test('a call reads the names of its arguments where it stands, and of the function there', () => {
  const models = readFiles({
    'models.py': `${preamble}
from making import make
class Author(Base):
    __tablename__ = "authors"
    key: Mapped[int] = mapped_column(primary_key=True)
AuthorNote = make(Author, Author.key, String(9))
`,
    'making.py': `
from sqlalchemy import ForeignKey
from sqlalchemy.orm import mapped_column, relationship
from models import Base
def make(parent, key, kind):
    class Note(Base):
        __tablename__ = parent.__tablename__ + "_notes"
        parent_key = mapped_column(ForeignKey(key), primary_key=True)
        text = mapped_column(kind)
        owner = relationship(parent)
    return Note
`,
  });
  const note = modelOf(models, 'models.AuthorNote');
  assert.equal(note.tableName, 'authors_notes');
  assert.deepEqual(columns(note), ['parent_key INTEGER not null pk', 'text VARCHAR(9) null']);
  const owner = note.attributes.find(({ name }) => name === 'owner');
  assert.equal(owner?.kind === 'relationship' ? owner.target : null, 'models.Author');
});

test('a class of another file’s variable is read there alone, and inherited from here', () => {
  const models = readFiles({
    'base.py': `${preamble}
def make(table):
    class Thing(Base):
        __tablename__ = table
        id = ${column}
        __mapper_args__ = {"polymorphic_on": "kind"}
        kind = Column(String)
    return Thing
Thing = make("things")
`,
    'models.py': `
from base import Thing
class Tool(Thing):
    __mapper_args__ = {"polymorphic_identity": "tool"}
`,
  });
  assert.deepEqual([...models.models.keys()].sort(), ['base.Thing', 'models.Tool']);
  assert.deepEqual(modelOf(models, 'models.Tool').inherits, { parent: 'base.Thing', style: 'single' });
});

test('a function that calls itself makes nothing', () => {
  const text = `def make(name):
    class Pen(Base):
        __tablename__ = name
        id = ${column}
    return make(name)
Pen = make("pens")
`;
  assert.ok(read(text).models.size < 12);
});
