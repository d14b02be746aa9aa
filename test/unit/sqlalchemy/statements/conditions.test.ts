/** Python's own operators among conditions, and what is only known as a value of the caller. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlOf } from './sql-of.ts';

function where(condition: string, parameters = 'name: str | None'): readonly string[] {
  return sqlOf(
    `def run(session: Session, ${parameters}):\n    session.execute(select(User.id).where(${condition}))\n`,
  );
}

const start = 'SELECT users.id FROM users WHERE';

test('identity with None is False to Python for a column', () => {
  assert.deepEqual(where('User.name is None'), [`${start} false`]);
  assert.deepEqual(where('User.name is not None'), [`${start} true`]);
});

test('a test of a plain value is true or false when the program runs', () => {
  assert.deepEqual(where('or_(name is None, User.name == name)'), [
    `${start} true`,
    `${start} users.name = $1`,
  ]);
});

test('`and`, `or` and `not` keep what Python keeps', () => {
  assert.deepEqual(where('User.name == name and User.id == 5'), [`${start} users.name = $1`]);
  assert.deepEqual(where('User.name == name or User.id == 5'), [`${start} users.id = $1`]);
  assert.deepEqual(where('User.name != name and User.id == 5'), [`${start} users.id = $1`]);
  assert.deepEqual(where('not (User.name == name)'), [`${start} true`]);
  assert.deepEqual(where('User.name in ["a"]'), [`${start} false`]);
});

test('what Python refuses to take for true or false is unknown', () => {
  assert.deepEqual(where('User.id > 5 and User.active'), ['unknown: unsupported-construct']);
  assert.deepEqual(where('1 < User.id < 5'), ['unknown: unsupported-construct']);
});

test('a condition behind a plain test is there or not', () => {
  assert.deepEqual(where('User.name == name if name else True'), [
    `${start} true`,
    `${start} users.name = $1`,
  ]);
});

const filters = `
from dataclasses import dataclass

@dataclass
class Filters:
    text: str | None = None
    flag: bool = False
    SIZE = 20

`;

test('an attribute of an object is what its maker gave it, not the default of its class', () => {
  const python = `${filters}
def run(session: Session, filters: Filters):
    session.execute(select(User.id).where(User.name.ilike(filters.text)))
`;
  assert.deepEqual(sqlOf(python), [`${start} users.name ILIKE $1`]);
});

test('a default of None may have been replaced in self too', () => {
  const python = `
class Reader:
    name = None

    def read(self, session: Session):
        session.execute(select(User.id).where(User.name == self.name))
`;
  assert.deepEqual(sqlOf(python), [`${start} users.name = $1`]);
});

test('attributes of a class that is mapped in a way that is not followed are no plain values', () => {
  const python = `
from elsewhere import make_base

class Token(make_base("tokens")):
    jti: Mapped[str] = mapped_column(primary_key=True)

    @classmethod
    def known(cls, session: Session, jti: str):
        return session.scalar(select(func.max(Token.jti)).where(cls.jti == jti))
`;
  assert.deepEqual(sqlOf(python), ['unknown: unresolved-model']);
});

test('conditions that functions give back as functions', () => {
  const python = `
class Conditions:
    @staticmethod
    def named(name: str):
        def inner():
            return User.name == name
        return inner

    @staticmethod
    def active():
        return lambda: User.active

def users(session: Session):
    return session.scalars(select(User.id).where(Conditions.named("Ann")(), Conditions.active()()))
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users WHERE users.name = $1 AND users.active']);
});

test('a test that is written out decides', () => {
  assert.deepEqual(where('User.name == name if False else User.id == 5'), [`${start} users.id = $1`]);
  assert.deepEqual(where('User.name == name if True else User.id == 5'), [`${start} users.name = $1`]);
});
