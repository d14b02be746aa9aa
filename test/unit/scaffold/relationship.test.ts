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
