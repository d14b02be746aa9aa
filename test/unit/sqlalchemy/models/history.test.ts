/** Tables of earlier versions that a mixin's hook makes beside those of its classes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '../../../../src/sqlalchemy/model.ts';
import { preamble, readFiles } from './read-models-of.ts';

const models = `${preamble}
from history import Versioned

class Owner(Base):
    __tablename__ = "owners"
    id = Column(Integer, primary_key=True)

class Pet(Base, Versioned):
    __tablename__ = "pets"
    id = Column(Integer, primary_key=True)
    _name = Column("name", String(20), unique=True, default="x")
    chip = Column(String, nullable=False, default="none")
    owner_id = Column(ForeignKey("owners.id"))
`;

/** As SQLAlchemy's example wrote it until 2.0, with what projects have changed in it. */
const copying = `
from sqlalchemy import Column, Integer, Table
from sqlalchemy.orm import Mapper, declared_attr

def make_history(mapped):
    cls = mapped.class_

    def copied(column):
        column = column.copy()
        column.unique = False
        if column.nullable:
            column.default = column.server_default = None
        return column

    columns = [copied(each) for each in ()]
    for each in mapped.local_table.c:
        columns.append(copied(each))
    columns.append(Column("version", Integer, primary_key=True, autoincrement=False))
    table = Table(f"{mapped.local_table.name}_log", mapped.local_table.metadata, *columns)
    made = type.__new__(type, f"{cls.__name__}Log", cls.__bases__, {})
    mapped.registry.map_imperatively(made, table)
    mapped.local_table.append_column(Column("version", Integer, default=1, nullable=False))
    mapped.add_property("version", mapped.local_table.c.version)

class Versioned:
    @declared_attr
    def __mapper_cls__(cls):
        def map(cls, *arguments, **keywords):
            mapper = Mapper(cls, *arguments, **keywords)
            make_history(mapper)
            return mapper
        return map
`;

/** As the example is in 2.1. */
const toMetadata = `
from sqlalchemy import Column, Integer, event

def make_history(local_mapper):
    cls = local_mapper.class_
    properties = {}
    table = local_mapper.local_table.to_metadata(
        local_mapper.local_table.metadata, name=local_mapper.local_table.name + "_history"
    )
    for own, other in zip(local_mapper.local_table.c, table.c):
        other.unique = False
        other.default = other.server_default = None
        prop = local_mapper.get_property_by_column(own)
        if prop.columns[0].key != prop.key:
            properties[prop.key] = other
    table.append_column(Column("version", Integer, primary_key=True, autoincrement=False))
    local_mapper.local_table.append_column(Column("version", Integer, default=1, nullable=False))
    bases = local_mapper.base_mapper.class_.__bases__
    made = type("%sHistory" % cls.__name__, bases, {"__table__": table, "__mapper_args__": {"properties": properties}})
    cls.__history_mapper__ = made.__mapper__

class Versioned:
    def __init_subclass__(cls):
        @event.listens_for(cls, "after_mapper_constructed")
        def constructed(mapper, class_):
            make_history(mapper)
        super().__init_subclass__()
`;

test('columns that a hook copies one by one lose their keys, and what the hook takes from them', () => {
  const { models: read } = readFiles({ 'models.py': models, 'history.py': copying });
  assert.deepEqual(columnsOf(read.get('history.PetLog')), [
    'pets_log',
    'id key',
    'name',
    'chip = "none"',
    'owner_id',
    'version key',
  ]);
  assert.deepEqual(columnsOf(read.get('models.Pet')).at(-1), 'version = 1');
});

test('a table that a hook copies as a whole keeps its keys, and attributes their names', () => {
  const { models: read } = readFiles({ 'models.py': models, 'history.py': toMetadata });
  assert.deepEqual(columnsOf(read.get('history.PetHistory')), [
    'pets_history',
    'id key',
    '_name',
    'chip',
    'owner_id owners.id',
    'version key',
  ]);
});

test('a hook that makes something else leaves the class open', () => {
  const other = copying.replace('_log"', '" + suffix').replace('local_table.c:', 'attrs:');
  const { models: read } = readFiles({ 'models.py': models, 'history.py': other });
  assert.deepEqual([...read.keys()], ['models.Owner', 'models.Pet']);
  assert.deepEqual(columnsOf(read.get('models.Pet')).at(-1), 'owner_id owners.id');
});

function columnsOf(model: Model | undefined): readonly string[] {
  const columns = (model?.attributes ?? []).flatMap(each =>
    each.kind === 'column'
      ? [
          `${each.name}${each.primaryKey ? ' key' : ''}${each.unique ? ' unique' : ''}${each.default === null ? '' : ` = ${each.default}`}${each.foreignKey === null ? '' : ` ${each.foreignKey}`}`,
        ]
      : [],
  );
  return [model?.tableName ?? '', ...columns].slice(model?.name === 'Pet' ? 1 : 0);
}
