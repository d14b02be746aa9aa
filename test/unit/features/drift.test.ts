/** Models against revisions: what an autogenerate would write, and what is left alone because it could not be read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describedSchema, driftBetween } from '../../../src/features/drift/drift.ts';
import { describeChange } from '../../../src/schema/describe-change.ts';
import { workspaceOf } from '../../workspace.ts';

interface Project {
  readonly models: string;
  readonly upgrade: string;
  readonly configure?: string;
  readonly url?: string;
}

async function driftOf({ models, upgrade, configure = '', url = '' }: Project) {
  const body = upgrade.trim().replaceAll('\n', '\n    ');
  const workspace = await workspaceOf({
    'alembic.ini': `[alembic]\nscript_location = migrations\n${url === '' ? '' : `sqlalchemy.url = ${url}\n`}`,
    'migrations/env.py': `from alembic import context\nfrom app import Base\ncontext.configure(target_metadata=Base.metadata${configure})\n`,
    'migrations/versions/one.py': `import sqlalchemy as sa\nfrom alembic import op\nrevision = "one"\ndown_revision = None\ndef upgrade():\n    ${body}\n`,
    'app.py': `import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
${models}`,
  });
  const environment = workspace.environments[0] ?? null;
  const before = describedSchema(workspace, environment, 'migrations');
  const after = describedSchema(workspace, environment, 'models');
  const { changes, doubts } = driftBetween(workspace, environment, { before, after });
  return { changes: changes.map(describeChange), doubts };
}

const users = `
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(50), unique=True, index=True)
`;
const createUsers = `op.create_table("users", sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("email", sa.String(50), nullable=False), sa.PrimaryKeyConstraint("id"))
op.create_index(op.f("ix_users_email"), "users", ["email"], unique=True)`;

test('models and revisions that say the same', async () => {
  assert.deepEqual(await driftOf({ models: users, upgrade: createUsers }), { changes: [], doubts: [] });
});

test('what only the models have is created, what only the revisions have is dropped', async () => {
  const models = `${users}    note: Mapped[str | None] = mapped_column(sa.Text, server_default="x")
class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
`;
  const upgrade = `${createUsers}\nop.create_table("old", sa.Column("id", sa.Integer(), primary_key=True))`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, [
    'creates table posts',
    'adds users.note TEXT',
    'drops table old',
  ]);
});

test('tables that refer to each other come in an order in which they can be made, and go in the other', async () => {
  const models = `
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(sa.ForeignKey("a.id"), primary_key=True)
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    c_id: Mapped[int] = mapped_column(sa.ForeignKey("c.id"))
class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(sa.ForeignKey("a.id"))
`;
  const upgrade = `op.create_table("x", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("y", sa.Column("id", sa.Integer(), sa.ForeignKey("x.id"), primary_key=True))`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, [
    'creates table a',
    'creates table b',
    'creates table c',
    'creates foreign key of a (c_id) to c',
    'drops table y',
    'drops table x',
  ]);
});

test('what could not be read is no difference', async () => {
  const models = `
class User(Base):
    __tablename__ = "users"
    __table_args__ = (sa.CheckConstraint(somewhere_else()), sa.ForeignKeyConstraint(["id"], [target()]))
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(own_type())
    since: Mapped[int] = mapped_column(server_default=computed())
`;
  const upgrade = `op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("email", sa.String(50), nullable=False), sa.Column("since", sa.Integer(), server_default="3", nullable=False),
    sa.CheckConstraint("id > 0", name="positive"))`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('an operation that is not followed is told', async () => {
  const { changes, doubts } = await driftOf({
    models: users,
    upgrade: `${createUsers}\nfor name in names():\n    op.drop_table(name)`,
  });
  assert.deepEqual(changes, []);
  assert.match(doubts.join('\n'), /^revision one: /);
});

test('where revisions begin with tables that they did not make, what is missing is not known to be missing', async () => {
  const upgrade = 'op.add_column("others", sa.Column("id", sa.Integer()))';
  const { changes, doubts } = await driftOf({ models: users, upgrade });
  assert.deepEqual(changes, []);
  assert.match(
    doubts[0] ?? '',
    /^1 difference is left out: revisions change tables that no revision creates/,
  );
});

test('what an operation that is not followed may have done is left out', async () => {
  const upgrade = `${createUsers}\nop.create_index("ix_more", "users", ["id"])\nfor name in names():\n    op.drop_index(name)`;
  const { changes, doubts } = await driftOf({ models: users, upgrade });
  assert.deepEqual(changes, []);
  assert.match(doubts[0] ?? '', /^1 difference is left out: operations of revisions that are not followed/);
});

test('a default that only the revisions have counts where env.py compares defaults', async () => {
  const upgrade = createUsers.replace(
    'nullable=False), sa.PrimaryKey',
    'server_default="", nullable=False), sa.PrimaryKey',
  );
  assert.deepEqual((await driftOf({ models: users, upgrade })).changes, []);
  const configure = ', compare_server_default=True';
  assert.deepEqual((await driftOf({ models: users, upgrade, configure })).changes, [
    "alters users.email: drops default ''",
  ]);
});

test('an index of which a part could not be read is no difference', async () => {
  const models = `${users}    __table_args__ = (sa.Index("ix_both", "email", somewhere()),)`;
  const upgrade = `${createUsers}\nop.create_index("ix_both", "users", ["email", "id"])`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('operator classes are the same on both sides', async () => {
  const models = `${users}    __table_args__ = (sa.Index("ix_ops", "email", postgresql_ops={"email": "text_pattern_ops"}),)`;
  const upgrade = `${createUsers}\nop.create_index("ix_ops", "users", ["email"], postgresql_ops={"email": "text_pattern_ops"})`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('without any model nothing is dropped', async () => {
  const { changes, doubts } = await driftOf({ models: '', upgrade: createUsers });
  assert.deepEqual(changes, []);
  assert.match(doubts[0] ?? '', /no table was found/);
});

test('tables that a filter in env.py decides on are not dropped', async () => {
  const upgrade = `${createUsers}\nop.create_table("foreign", sa.Column("id", sa.Integer(), primary_key=True))`;
  const drift = await driftOf({ models: users, upgrade, configure: ', include_object=mine' });
  assert.deepEqual(drift.changes, []);
  assert.match(drift.doubts.join('\n'), /^1 difference is left out: include_object in env.py decides/);
});

test('values of enums: added at their place, taken away, and types that nobody uses', async () => {
  const models = `
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(sa.Enum("new", "paid", "sent", name="status"))
    size: Mapped[str] = mapped_column(sa.Enum("s", "l", name="size"))
`;
  const upgrade = `op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("status", sa.Enum("new", "sent", name="status"), nullable=False),
    sa.Column("size", sa.Enum("s", "m", "l", name="size"), nullable=False),
    sa.Column("colour", sa.Enum("red", name="colour")))`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, [
    'alters type status: adds paid',
    'alters type size: removes m',
    'drops orders.colour',
    'drops type colour',
  ]);
});

test('tables of a revision’s own and of another metadata are not those of the environment', async () => {
  const base = (name: string) => `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
metadata = Base.metadata
class ${name}(Base):
    __tablename__ = "${name.toLowerCase()}"
    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]
`;
  const create = (table: string) =>
    `import sqlalchemy as sa\nfrom alembic import op\nrevision = "${table}"\ndown_revision = None\nold = sa.Table("${table}", sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True))\ndef upgrade():\n    op.create_table("${table}", sa.Column("id", sa.Integer(), nullable=False), sa.Column("note", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id"))\n`;
  const env = (imported: string, target: string) =>
    `from alembic import context\nfrom ${imported}\ncontext.configure(target_metadata=${target})\n`;
  const workspace = await workspaceOf({
    'alembic.ini': '[alembic]\nscript_location = one\n[two]\nscript_location = two\n',
    'one/env.py': env('shop.models import Base', 'Base.metadata'),
    'one/versions/a.py': create('order'),
    'two/env.py': env('stock.models import metadata', 'metadata'),
    'two/versions/a.py': create('part'),
    'shop/__init__.py': '',
    'shop/models.py': base('Order'),
    'stock/__init__.py': '',
    'stock/models.py': base('Part'),
  });
  for (const environment of workspace.environments) {
    const before = describedSchema(workspace, environment, 'migrations');
    const after = describedSchema(workspace, environment, 'models');
    const { changes } = driftBetween(workspace, environment, { before, after });
    assert.deepEqual(changes.map(describeChange), [], environment.scriptLocation ?? '');
  }
  assert.equal(workspace.environments.length, 2);
});

test('of two metadata of one name, that of the module counts which env.py imports', async () => {
  const models = (table: string) => `import sqlalchemy as sa
from sqlalchemy.orm import registry
metadata = sa.MetaData()
Base = registry(metadata=metadata).generate_base()
class Order(Base):
    __tablename__ = "orders"
    id = sa.Column(sa.Integer, primary_key=True)
    ${table} = sa.Column(sa.Text)
`;
  const workspace = await workspaceOf({
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py':
      'from alembic import context\nfrom stock.base import metadata\ncontext.configure(target_metadata=metadata)\n',
    'migrations/versions/a.py':
      'import sqlalchemy as sa\nfrom alembic import op\nrevision = "a"\ndown_revision = None\ndef upgrade():\n    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("part", sa.Text()))\n',
    'shop/__init__.py': '',
    'shop/base.py': models('customer'),
    'stock/__init__.py': '',
    'stock/base.py': models('part'),
  });
  const environment = workspace.environments[0] ?? null;
  const before = describedSchema(workspace, environment, 'migrations');
  const after = describedSchema(workspace, environment, 'models');
  assert.deepEqual(driftBetween(workspace, environment, { before, after }).changes, []);
});

test('environments without a target_metadata leave each other the tables that they make', async () => {
  const base = (name: string) => `class ${name}(Base):
    __tablename__ = "${name.toLowerCase()}"
    id: Mapped[int] = mapped_column(primary_key=True)
`;
  const create = (table: string) =>
    `import sqlalchemy as sa\nfrom alembic import op\nrevision = "${table}"\ndown_revision = None\ndef upgrade():\n    op.create_table("${table}", sa.Column("id", sa.Integer(), primary_key=True))\n`;
  const workspace = await workspaceOf({
    'alembic.ini': '[one]\nscript_location = one\n[two]\nscript_location = two\n',
    'one/env.py': 'from alembic import context\ncontext.configure(target_metadata=None)\n',
    'one/versions/a.py': create('order'),
    'two/env.py': 'from alembic import context\ncontext.configure(target_metadata=None)\n',
    'two/versions/a.py': create('part'),
    'models.py': `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
${base('Order')}${base('Part')}`,
  });
  assert.equal(workspace.environments.length, 2);
  for (const environment of workspace.environments) {
    const before = describedSchema(workspace, environment, 'migrations');
    const after = describedSchema(workspace, environment, 'models');
    assert.deepEqual(driftBetween(workspace, environment, { before, after }).changes, []);
  }
});

test('tables of classes that are made when the code runs may be what only the revisions have', async () => {
  const models = `${users}
def tags_of(cls):
    return type("Tags", (Base,), {"__tablename__": f"{cls.__tablename__}_tags"})
`;
  const upgrade = `${createUsers}\nop.create_table("users_tags", sa.Column("id", sa.Integer(), primary_key=True))`;
  const { changes, doubts } = await driftOf({ models, upgrade });
  assert.deepEqual(changes, []);
  assert.match(doubts.join(), /classes whose tables are named when it runs/);
});

test('revisions that build little of what the models have go on from another beginning', async () => {
  const more = ['one', 'two'].map(
    name =>
      `class ${name}(Base):\n    __tablename__ = "${name}"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`,
  );
  const upgrade = `${createUsers}\nop.execute(f"CREATE VIEW {sa.__version__}")`;
  assert.deepEqual((await driftOf({ models: `${users}${more.join('')}`, upgrade })).changes, []);
});

test('types are not compared where the environment is for another database', async () => {
  const upgrade = createUsers.replace('sa.String(50)', 'sa.CHAR(50)');
  assert.equal((await driftOf({ models: users, upgrade })).changes.length, 1);
  const { changes, doubts } = await driftOf({ models: users, upgrade, url: 'sqlite:///shop.db' });
  assert.deepEqual(changes, []);
  assert.match(doubts.join(), /for another database/);
});

const rooms = `
class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    open: Mapped[bool] = mapped_column(server_default=sa.true())
    slug: Mapped[str] = mapped_column(sa.String(50), unique=True)
`;
const createRooms = `op.create_table("rooms", sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("open", sa.Boolean(), server_default="1", nullable=False),
    sa.Column("slug", sa.String(50), nullable=False, unique=True),
    sa.UniqueConstraint("slug"), sa.PrimaryKeyConstraint("id"))`;

test('what PostgreSQL takes for the same is no difference', async () => {
  const models = `${rooms}    __table_args__ = (
        sa.Index("ix_closed", "slug", postgresql_where=open == sa.false()),
        sa.UniqueConstraint("id", "slug", name="uq_both"),
    )
`;
  const upgrade = `${createRooms}
op.create_index("ix_closed", "rooms", ["slug"], postgresql_where=sa.text("open IS FALSE"))
op.create_unique_constraint("uq_both", "rooms", ["slug", "id"])`;
  const configure = ', compare_server_default=True';
  assert.deepEqual((await driftOf({ models, upgrade, configure })).changes, []);
});

test('of an index that is made anew, all that may have changed is told', async () => {
  const models = `${rooms}    __table_args__ = (sa.Index("ix_open", "slug", postgresql_where=open),)`;
  const upgrade = `${createRooms}\nop.create_index("ix_open", "rooms", ["slug"], postgresql_using="hash")`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, [
    'drops index ix_open on rooms using hash (slug)',
    'creates index ix_open on rooms (slug) where open',
  ]);
});

test('a check without a name may be another one over its columns', async () => {
  const models = `${rooms}    __table_args__ = (sa.CheckConstraint("open OR slug <> ''"),)`;
  const withCheck = (condition: string) =>
    `${createRooms}\nop.create_check_constraint("ck_open", "rooms", "${condition}")`;
  assert.deepEqual(
    (await driftOf({ models, upgrade: withCheck("NOT (NOT open AND slug = '')") })).changes,
    [],
  );
  assert.deepEqual((await driftOf({ models, upgrade: withCheck('id > 0') })).changes, [
    'drops check ck_open on rooms: id > 0',
    "creates check on rooms: open OR slug <> ''",
  ]);
});

test('constraints of revisions have the names that a naming convention gives them', async () => {
  const models = `${rooms}    building_id: Mapped[int]
    __table_args__ = (sa.CheckConstraint("id > 0", name="ck_rooms_positive"),)
`;
  const upgrade = `op.create_table("buildings", sa.Column("id", sa.Integer(), primary_key=True))
${createRooms}
op.add_column("rooms", sa.Column("building_id", sa.Integer(), sa.ForeignKey("buildings.id"), nullable=False))
op.create_check_constraint("positive", "rooms", "id > 0")
op.create_check_constraint("small", "rooms", "id < 9")
op.drop_constraint("ck_rooms_small", "rooms")
op.drop_constraint("fk_rooms_building_id_buildings", "rooms", type_="foreignkey")
op.drop_table("buildings")`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('a naming convention may put anything around the name of a check', async () => {
  const models = `${rooms}    __table_args__ = (sa.CheckConstraint("id > 0", name="ck_rooms_\`positive\`"),)
`;
  const upgrade = (name: string) =>
    `${createRooms}\nop.create_check_constraint("${name}", "rooms", "id > 0")`;
  assert.deepEqual((await driftOf({ models, upgrade: upgrade('positive') })).changes, []);
  assert.deepEqual((await driftOf({ models, upgrade: upgrade('posit') })).changes, [
    'drops check posit on rooms: id > 0',
    'creates check ck_rooms_`positive` on rooms: id > 0',
  ]);
});

test('text without a limit holds an enum that is kept as text', async () => {
  const models = `${rooms}    kind: Mapped[Literal["hall", "office"]]
    use: Mapped[str] = mapped_column(sa.Enum("a", "bb", native_enum=False))
    name: Mapped[str] = mapped_column(sa.String(6))
`.replace('class Room', 'from typing import Literal\nclass Room');
  const upgrade = (type: string) =>
    `${createRooms}\n${['kind', 'use', 'name'].map(name => `op.add_column("rooms", sa.Column("${name}", sa.${type}, nullable=False))`).join('\n')}`;
  assert.deepEqual((await driftOf({ models, upgrade: upgrade('String()') })).changes, [
    'alters rooms.name: type VARCHAR to VARCHAR(6)',
  ]);
  assert.deepEqual((await driftOf({ models, upgrade: upgrade('String(4)') })).changes, [
    'alters rooms.kind: type VARCHAR(4) to VARCHAR(6)',
    'alters rooms.use: type VARCHAR(4) to VARCHAR(2)',
    'alters rooms.name: type VARCHAR(4) to VARCHAR(6)',
  ]);
});

test('a foreign key keeps the name that it got when its column had another one', async () => {
  const upgrade = `op.create_table("buildings", sa.Column("id", sa.Integer(), primary_key=True))
${createRooms}
op.add_column("rooms", sa.Column("house_id", sa.Integer(), sa.ForeignKey("buildings.id"), nullable=False))
op.add_column("rooms", sa.Column("wing_id", sa.Integer(), sa.ForeignKey("buildings.id"), nullable=False))
op.rename_table("rooms", "places")
op.alter_column("places", "house_id", new_column_name="building_id")
op.drop_constraint("rooms_house_id_fkey", "places")
op.drop_constraint("fk_rooms_wing_id_buildings", "places")
op.rename_table("places", "rooms")
op.execute("ALTER TABLE rooms DROP COLUMN building_id, DROP COLUMN wing_id")
op.drop_table("buildings")`;
  assert.deepEqual(await driftOf({ models: rooms, upgrade }), { changes: [], doubts: [] });
});

test('a constraint in the body of a class belongs to the table of its columns', async () => {
  const models = `${rooms}    sa.UniqueConstraint(id, slug, name="uq_rooms")
    sa.CheckConstraint("id > 0", name="ck_rooms")
`;
  const upgrade = `${createRooms}\nop.create_unique_constraint("uq_rooms", "rooms", ["id", "slug"])`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('a column whose table is computed may have been renamed', async () => {
  const upgrade = `${createRooms}
for table in tables():
    op.alter_column(table, "label", new_column_name="slug")`.replace(
    '"slug", sa.String',
    '"label", sa.String',
  );
  assert.deepEqual((await driftOf({ models: rooms, upgrade })).changes, []);
});

test('a function of another file that speaks of columns may have added them', async () => {
  const models = `${rooms}    note: Mapped[str | None] = mapped_column(sa.Text)
    __table_args__ = (sa.UniqueConstraint("slug", "note"),)
`;
  const changed = async (call: string) =>
    (await driftOf({ models, upgrade: `from tools import helpers\n${createRooms}\n${call}` })).changes;
  const unique = 'creates unique constraint on rooms (slug, note)';
  assert.deepEqual(await changed('helpers.add_column_to_table("rooms", "note")'), [unique]);
  assert.deepEqual(await changed('helpers.fill_column("rooms", "note")'), ['adds rooms.note TEXT', unique]);
  assert.deepEqual(await changed('notes = []\nnotes.remove_column("note")'), [
    'adds rooms.note TEXT',
    unique,
  ]);
});

test('what revisions left unnamed is dropped by the name that the convention of the metadata gave it', async () => {
  const models = (metadata: string) => `
class Base(DeclarativeBase):
    ${metadata}
class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    hall_id: Mapped[int]
class Hall(Base):
    __tablename__ = "halls"
    id: Mapped[int] = mapped_column(primary_key=True)
`;
  const upgrade = `op.create_table("halls", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("rooms", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("slug", sa.String(), nullable=False), sa.Column("hall_id", sa.Integer(), sa.ForeignKey("halls.id"), nullable=False), sa.UniqueConstraint("slug"))`;
  const convention =
    'metadata = sa.MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"})';
  assert.deepEqual((await driftOf({ models: models(convention), upgrade })).changes, [
    'drops foreign key fk_rooms_hall_id_halls of rooms (hall_id) to halls',
    'drops unique constraint uq_rooms_slug on rooms (slug)',
  ]);
  assert.deepEqual((await driftOf({ models: models('pass'), upgrade })).changes, [
    'drops foreign key of rooms (hall_id) to halls',
    'drops unique constraint on rooms (slug)',
  ]);
});

test('what a column is changed to is not known where it is not read', async () => {
  const upgrade = `${createRooms}
op.alter_column("rooms", "slug", type_=own_type(), server_default=own_default())`;
  const models = rooms.replace('sa.String(50)', 'sa.Text(), server_default="x"');
  const configure = ', compare_server_default=True';
  assert.deepEqual((await driftOf({ models, upgrade, configure })).changes, []);
});

const createHalls = `op.create_table("rooms", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("halls", sa.Column("id", sa.Integer(), primary_key=True))`;

test('what SQL that is put together may have done is left out, by its first words', async () => {
  const models = `
class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
`;
  const { changes, doubts } = await driftOf({
    models,
    upgrade: `${createHalls}
op.create_index("ix_rooms", "rooms", ["id"])
for name in names():
    op.execute(f"DROP INDEX {name}")
    op.execute(f"UPDATE rooms SET id = {name}")`,
  });
  assert.deepEqual(changes, ['drops table halls']);
  assert.deepEqual(doubts, [
    '1 difference is left out: operations of revisions that are not followed may have done that',
    'revision one: The SQL is put together when the revision runs.',
  ]);
});

test('an index whose name is computed may be any of them', async () => {
  const models = `${users}    __table_args__ = (sa.Index("ix_both", "email", "id"),)`;
  const upgrade = `${createUsers}
for name in [each for each in names() if missing(each)]:
    op.create_index(name, "users", ["email", "id"])`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('where the environment is for SQLite, what an index has for PostgreSQL is no difference', async () => {
  const models = `${users}    __table_args__ = (sa.Index("ix_like", "email", postgresql_ops={"email": "varchar_pattern_ops"}), sa.Index("ix_id", "id"))`;
  const { changes } = await driftOf({ models, upgrade: createUsers, url: 'sqlite:///app.db' });
  assert.deepEqual(changes, ['creates index ix_id on users (id)']);
});

test('SQL that is put together may have changed the tables that it names, and no others', async () => {
  const upgrade = `${createHalls}
op.execute("ALTER TABLE " + schema() + "halls ADD COLUMN name text")`;
  const models = `
class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
class Hall(Base):
    __tablename__ = "halls"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, ['adds rooms.name VARCHAR']);
});

test('a type that columns of revisions have is there, whatever its values', async () => {
  const models = `
class Room(Base):
    __tablename__ = "rooms"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.Enum("a", "b", name="kind"))
`;
  const upgrade = `op.create_table("rooms", sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("kind", sa.Enum(*kinds(), name="kind"), nullable=False))`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('bare tables of another metadata are none of the environment’s', async () => {
  const models = `${users}
own = sa.Table("own", Base.metadata, sa.Column("id", sa.Integer, primary_key=True))
other = sa.Table("other", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True))
warehouse = sa.MetaData()
facts = sa.Table("facts", warehouse, sa.Column("id", sa.Integer, primary_key=True))
`;
  const { changes } = await driftOf({ models, upgrade: createUsers });
  assert.deepEqual(
    changes.filter(change => !change.includes('other')),
    ['creates table own'],
  );
});

test('what code from elsewhere may have done with Alembic’s operations is left out', async () => {
  const upgrade = `${createHalls}\nsynchronize(op)`;
  assert.deepEqual((await driftOf({ models: users, upgrade })).changes, []);
});

test('a model of a view that a revision makes is no missing table', async () => {
  const upgrade = `${createUsers}\nop.execute("CREATE MATERIALIZED VIEW IF NOT EXISTS reports AS SELECT id FROM users")`;
  const models = `${users}
class Report(Base):
    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(primary_key=True)
`;
  assert.deepEqual((await driftOf({ models, upgrade })).changes, []);
});

test('a filter in env.py answers by its code where that tells, and is a doubt where it does not', async () => {
  const models = `${users}    __table_args__ = (sa.Index("ix_more", "email", "id"), sa.UniqueConstraint("id", "email"))`;
  const filtered = (filter: string, option = 'include_object') =>
    driftOf({ models, upgrade: createUsers, configure: `, ${option}=${filter}` });
  const unique = 'creates unique constraint on users (id, email)';
  const index = 'creates index ix_more on users (email, id)';
  const object = 'lambda object, name, type_, *rest:';
  const leavesOut = ['1 difference is left out: include_object in env.py leaves them out'];
  assert.deepEqual(await filtered(`${object} type_ != "index" or name != "ix"`), {
    changes: [unique, index],
    doubts: [],
  });
  assert.deepEqual(await filtered(`${object} not (type_ == "index" and name.startswith("ix_m"))`), {
    changes: [unique],
    doubts: leavesOut,
  });
  assert.deepEqual(await filtered(`${object} type_ != "index" or name not in kept()`), {
    changes: [unique],
    doubts: ['1 difference is left out: include_object in env.py decides'],
  });
  assert.deepEqual((await filtered(`${object} type_ != "table"`)).changes, []);
  assert.deepEqual((await filtered(`${object} object.schema != "x" and type_ == "table"`)).changes, []);
  const names = 'lambda name, type_, parents: type_ != "index" or parents["table_name"] == "users"';
  assert.deepEqual((await filtered(names, 'include_name')).changes, [unique, index]);
});

test('tables that only the database has, by the names that include_name lets through', async () => {
  const upgrade = `${createUsers}
op.create_table("plugin_a", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("old", sa.Column("id", sa.Integer(), primary_key=True))`;
  const filtered = async (test: string) =>
    (
      await driftOf({
        models: users,
        upgrade,
        configure: `, include_name=own)\ndef own(name, type_, parents):\n    if type_ == "table":\n        return ${test}\n    return True\n(`,
      })
    ).changes;
  assert.deepEqual(await filtered('not name.startswith("plugin_")'), ['drops table old']);
  assert.deepEqual(await filtered('name in Base.metadata.tables'), []);
  assert.deepEqual(await filtered('loaded(name) or name not in ("plugin_a",)'), ['drops table old']);
  assert.deepEqual(
    await driftOf({
      models: users.replace('index=True', 'index=False'),
      upgrade: createUsers,
      configure: ', include_name=lambda name, type_, parents: name != "users" or loaded()',
    }),
    { changes: [], doubts: ['2 differences are left out: include_name in env.py decides'] },
  );
});

test('the values of an enum are compared where the revisions tell them, and doubted where they do not', async () => {
  const models = `
class Task(Base):
    __tablename__ = "tasks"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str | None] = mapped_column(sa.Enum("a", "b", name="state"))
`;
  const created =
    'op.create_table("tasks", sa.Column("id", sa.Integer(), primary_key=True))\nop.execute("CREATE TYPE state AS ENUM (\'a\')")';
  const named = 'op.add_column("tasks", sa.Column("state", sa.Enum(name="state")))';
  assert.deepEqual(await driftOf({ models, upgrade: `${created}\n${named}` }), {
    changes: ['alters type state: adds b'],
    doubts: [],
  });
  assert.deepEqual(await driftOf({ models, upgrade: `${created.split('\n')[0]}\n${named}` }), {
    changes: [],
    doubts: ['revision one: the values of the type state are in no revision that was read'],
  });
});

test('a table that another environment goes on with is left to it', async () => {
  const revisionOf = (body: string) =>
    `import sqlalchemy as sa\nfrom alembic import op\nrevision = "one"\ndown_revision = None\ndef upgrade():\n    ${body}\n`;
  const env =
    'from alembic import context\nfrom app import Base\ncontext.configure(target_metadata=Base.metadata)\n';
  const workspace = await workspaceOf({
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py': env,
    'migrations/versions/one.py': revisionOf(
      'op.create_table("events", sa.Column("id", sa.Integer(), primary_key=True))',
    ),
    'plugin/alembic.ini': '[alembic]\nscript_location = plugin/migrations\n',
    'plugin/migrations/env.py': env.replace('Base.metadata', 'None'),
    'plugin/migrations/versions/two.py': revisionOf(
      'op.add_column("events", sa.Column("labels", sa.Text()))',
    ).replace('"one"', '"two"'),
    'app.py': `import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
class Event(Base):
    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    labels: Mapped[str | None] = mapped_column(sa.Text)
`,
  });
  const changesOf = (index: number) => {
    const environment = workspace.environments[index] ?? null;
    const before = describedSchema(workspace, environment, 'migrations');
    const after = describedSchema(workspace, environment, 'models');
    return driftBetween(workspace, environment, { before, after }).changes.map(describeChange);
  };
  assert.equal(workspace.environments.length, 2);
  assert.deepEqual([changesOf(0), changesOf(1)], [[], []]);
});

async function doubtsWith(env: string | null, more: string = '') {
  const base = 'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n';
  const model = (name: string) =>
    `class ${name}Base(DeclarativeBase):\n    pass\nclass ${name}(${name}Base):\n    __tablename__ = "${name}"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`;
  const workspace = await workspaceOf({
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    ...(env === null ? {} : { 'migrations/env.py': `from alembic import context\n${env}` }),
    'migrations/versions/one.py':
      'import sqlalchemy as sa\nfrom alembic import op\nrevision = "one"\ndown_revision = None\ndef upgrade():\n    op.create_table("a", sa.Column("id", sa.Integer(), primary_key=True))\n',
    'app.py': `${base}${model('a')}${more && model(more)}`,
  });
  const environment = workspace.environments[0] ?? null;
  const before = describedSchema(workspace, environment, 'migrations');
  const after = describedSchema(workspace, environment, 'models');
  return driftBetween(workspace, environment, { before, after }).doubts;
}

test('where env.py names no models, that all are compared is said', async () => {
  const all = 'all models of the workspace are compared';
  const none = `env.py names no target_metadata, so that alembic check and --autogenerate refuse: ${all}`;
  assert.deepEqual(await doubtsWith('context.configure(target_metadata=None)\n'), [none]);
  assert.deepEqual(await doubtsWith('target_metadata = None\ncontext.configure(url="x")\n'), [none]);
  assert.deepEqual(await doubtsWith('import runner\nrunner.run()\n'), [
    `no target_metadata was found in env.py: ${all}`,
  ]);
  assert.deepEqual(await doubtsWith(null), [`env.py could not be read: ${all}`]);
});

test('a target_metadata that is not found is no doubt where the models have one', async () => {
  const env = 'from elsewhere import metadata\ncontext.configure(target_metadata=metadata)\n';
  assert.deepEqual(await doubtsWith(env), []);
  assert.deepEqual(await doubtsWith(env, 'b'), [
    'the target_metadata of env.py, metadata, was not found: all models of the workspace are compared',
  ]);
});
