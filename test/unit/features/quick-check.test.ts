/**
 * The answer to a keystroke is what the check of the whole file says, as long as the edit concerns the function alone
 * that it is made in. Edits are random, from fixed seeds.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkFile } from '../../../src/features/checking/check-file.ts';
import { quickCheck } from '../../../src/features/checking/quick-check.ts';
import { generator, pick, type Random } from '../../random.ts';
import { openTestShadow } from '../../shadow.ts';
import { storeOf } from '../../workspace.ts';

const shadow = openTestShadow();
after(() => shadow.dispose());

const models = `from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    deleted: Mapped[bool | None]

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
`;

const file = `from sqlalchemy import select, text, func, or_
from sqlalchemy.orm import Session
from models import User, Order

ACTIVE = select(User).where(User.deleted.is_(None))


def names(session: Session, only: bool):
    statement = select(User.nmae)
    return session.execute(statement).all()


class Repository:
    """Of users."""

    def __init__(self, session: Session):
        self.session = session

    @staticmethod
    def everything():
        return select(User, Order)

    async def find(self, name: str):
        query = select(User).where(User.deleted is None and User.name == name)
        return self.session.scalars(query).one()

    def raw(self):
        def inner():
            return self.session.execute(text("SELECT gone FROM users")).all()
        return inner()


def last(session: Session):
    return session.scalars(ACTIVE).all()
`;

/** Each as it may stand in any of the functions. */
const lines = [
  'statement = select(User.name, func.count())',
  'count = self.session.scalar(select(func.count()))',
  'query = select(User).filter(name="x")',
  'if only:\n            pass',
  'rows = text("SELEC 1")',
  'other = select(User).where(User.id == "one")',
  'x = or_(User.name == "a", User.deleted is True)  # dbpatterns: ignore[identity-test-on-column] meant',
  '# a comment',
  'print("unclosed)',
  'users = [user.name for user in self.session.scalars(select(User))]',
];

function edited(text: string, random: Random): string {
  const all = text.split('\n');
  const inside = all.flatMap((line, index) =>
    /^ {4,}\S/.test(line) && !/def |@|"""|class /.test(line) ? [index] : [],
  );
  const at = pick(inside, random);
  const indent = /^ */.exec(all[at] ?? '')?.[0] ?? '';
  const change = random(4);
  if (change === 0)
    all[at] = (all[at] ?? '').replace(/User|name|select/, pick(['Order', 'nam', 'x'], random));
  else if (change === 1 && inside.length > 12) all.splice(at, 1);
  else all.splice(at, 0, indent + pick(lines, random));
  return all.join('\n');
}

for (const seed of [1, 2, 3]) {
  test(`random edits inside functions, seed ${seed}`, async () => {
    const random = generator(seed);
    const store = await storeOf({ 'models.py': models, 'app.py': file });
    const { signal } = new AbortController();
    const path = '/project/app.py';
    const workspace = await store.open(['/project'], undefined, signal);
    const judge = await shadow.judgeFor(workspace.project.models.values());
    let last = await checkFile(workspace, path, judge, signal);
    let text = file;
    let alone = 0;
    for (let count = 0; count < 60; count++) {
      text = random(8) === 0 ? file : edited(text, random);
      const now = store.setOverlay(path, text);
      const quick = quickCheck(now, path, last);
      last = await checkFile(now, path, judge, signal);
      if (quick.judged === null) continue;
      alone++;
      assert.deepEqual(await quick.judged(judge, signal), last.findings, `edit ${count}:\n${text}`);
    }
    assert.ok(alone > 20, `${alone} edits were answered by one function`);
  });
}
