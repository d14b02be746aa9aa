/** Add Relationship: two models in, the same two related on both sides out. That SQLAlchemy maps it, `test/scaffold` shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answers } from '../../../src/scaffold/scaffold.ts';
import { applyScaffold } from '../../scaffold/apply-scaffold.ts';

const head = `from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass
`;

/** What the file of models becomes, the imports and the base left out. */
function related(models: string, answers: Answers): string {
  const text = `${head}\n\n${models}`;
  const { texts, problems } = applyScaffold({ 'app/models.py': text }, 'relationship', answers);
  assert.deepEqual(problems, []);
  return (texts['app/models.py'] ?? '').split('    pass\n\n\n')[1] ?? '';
}

const user = `class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
`;

test('many to many of a model with itself says both joins', () => {
  const answers = { model: 'User', kind: 'many-to-many', target: 'User', name: 'followers' };
  assert.equal(
    related(user, answers),
    `user_followers = Table(
    "user_followers",
    Base.metadata,
    Column(
        "user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    ),
    Column(
        "follower_id",
        Integer,
        ForeignKey("users.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


${user}
    followers: Mapped[list["User"]] = relationship(
        secondary=user_followers,
        primaryjoin="User.id == user_followers.c.user_id",
        secondaryjoin="User.id == user_followers.c.follower_id",
        back_populates="follower_of",
        passive_deletes=True,
    )
    follower_of: Mapped[list["User"]] = relationship(
        secondary=user_followers,
        primaryjoin="User.id == user_followers.c.follower_id",
        secondaryjoin="User.id == user_followers.c.user_id",
        back_populates="followers",
        passive_deletes=True,
    )
`,
  );
  const unnamed = related(user, { ...answers, name: '' });
  const said = [
    '"parent_id"',
    '"child_id"',
    'children: Mapped[list["User"]]',
    'parents: Mapped[list["User"]]',
  ];
  assert.deepEqual(
    said.filter(each => !unnamed.includes(each)),
    [],
  );
});

const orders = `class Address(Base):
    __tablename__ = "addresses"

    id: Mapped[int] = mapped_column(primary_key=True)

    orders: Mapped[list["Order"]] = relationship(back_populates="address")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))

    address: Mapped["Address"] = relationship(back_populates="orders")
`;

test('a second foreign key between two models is named by every relationship between them', () => {
  assert.equal(
    related(orders, { model: 'Order', kind: 'many-to-one', target: 'Address', name: 'billing' }),
    `class Address(Base):
    __tablename__ = "addresses"

    id: Mapped[int] = mapped_column(primary_key=True)

    orders: Mapped[list["Order"]] = relationship(
        foreign_keys="Order.address_id", back_populates="address"
    )
    billing_orders: Mapped[list["Order"]] = relationship(
        foreign_keys="Order.billing_id", back_populates="billing", passive_deletes="all"
    )


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    billing_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"), index=True)

    address: Mapped["Address"] = relationship(
        foreign_keys="Order.address_id", back_populates="orders"
    )
    billing: Mapped["Address"] = relationship(
        foreign_keys="Order.billing_id", back_populates="billing_orders"
    )
`,
  );
});

const tree = `class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    parent: Mapped["User | None"] = relationship(
        remote_side=[id],
        # The order of the other side.
        back_populates="children",
    )
    children: Mapped[list["User"]] = relationship(foreign_keys=[parent_id], back_populates="parent")
`;

test('comments within a relationship stay, and one that names its foreign key is left alone', () => {
  assert.equal(
    related(tree, { model: 'User', kind: 'many-to-one', target: 'User', name: 'mentor' }),
    `${tree
      .replace('remote_side=[id]', 'foreign_keys="User.parent_id",\n        remote_side=[id]')
      .replace(
        /(parent_id: .*)/,
        '$1\n    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)',
      )}    mentor: Mapped["User | None"] = relationship(
        foreign_keys="User.mentor_id",
        remote_side="User.id",
        back_populates="mentor_users",
    )
    mentor_users: Mapped[list["User"]] = relationship(
        foreign_keys="User.mentor_id", back_populates="mentor"
    )
`,
  );
});

test('a second foreign key that brings no relationship makes the one there ambiguous, too', () => {
  const answers = {
    model: 'Order',
    name: 'billing_id',
    type: 'foreign-key',
    target: 'Address',
    relationship: false,
  };
  const texts = { 'app/models.py': `${head}\n\n${orders}` };
  const { changed, problems } = applyScaffold(texts, 'column', answers);
  assert.deepEqual(problems, []);
  assert.equal(changed['app/models.py']?.split('foreign_keys="Order.address_id"').length, 3);
});

test('a third foreign key leaves the relationships alone, which name theirs', () => {
  const second = related(orders, { model: 'Order', kind: 'many-to-one', target: 'Address', name: 'billing' });
  const third = related(second, { model: 'Order', kind: 'many-to-one', target: 'Address', name: 'origin' });
  assert.deepEqual(
    second.split('\n').filter(line => !third.includes(line)),
    [],
  );
});

test('annotations stand without quotes where the file defers all of them', () => {
  const models = `from __future__ import annotations\n\n${head}\n\n${user}`;
  const answers = { model: 'User', kind: 'many-to-one', target: 'User', nullable: true, name: 'boss' };
  const { texts, problems } = applyScaffold({ 'app/models.py': models }, 'relationship', answers);
  assert.deepEqual(problems, []);
  assert.match(texts['app/models.py'] ?? '', /boss: Mapped\[User \| None\] = /);
  assert.match(texts['app/models.py'] ?? '', /boss_users: Mapped\[list\[User\]\] = /);
});

test('a name that is imported under another one is not imported again', () => {
  const models = `from sqlalchemy import ForeignKey as SqlForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class ForeignKey: ...


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
`;
  const answers = { model: 'User', kind: 'many-to-many', target: 'User', name: 'followers' };
  const { texts, problems } = applyScaffold({ 'app/models.py': models }, 'relationship', answers);
  assert.deepEqual(problems, []);
  assert.equal(texts['app/models.py']?.match(/ForeignKey as SqlForeignKey/g)?.length, 1);
});

test('a foreign key that is emptied when its target goes may be empty', () => {
  const answers = { model: 'User', kind: 'many-to-one', target: 'Team', onDelete: 'SET NULL' };
  const team = `${user}\n\nclass Team(Base):\n    __tablename__ = "teams"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n`;
  assert.match(related(team, answers), /team_id: Mapped\[int \| None\]/);
  const { problems } = applyScaffold({ 'app/models.py': `${head}\n\n${team}` }, 'relationship', {
    ...answers,
    nullable: false,
  });
  assert.match(problems.join(), /only where it is nullable/);
});
