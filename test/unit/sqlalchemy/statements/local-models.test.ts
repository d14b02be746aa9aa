/** Classes that functions map for themselves, as revisions and tests do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, sqlOf } from './sql-of.ts';

const helper = `
def old_users():
    class OldUser(Base):
        __tablename__ = "users"
        id = sa.Column("id", sa.Integer, primary_key=True)
        nick = sa.Column("nick_name", sa.String(20))

    return OldUser

def upgrade(session: Session):
    OldUser = old_users()
    session.execute(select(OldUser).where(OldUser.nick == "x"))
    session.execute(insert(OldUser).values(nick="x"))
    session.execute(select(OldUser.other))
`;

test('a class that a helper gives', () => {
  assert.deepEqual(sqlOf(helper), [
    'SELECT users.id, users.nick_name FROM users WHERE users.nick_name = $1',
    'INSERT INTO users (nick_name) VALUES ($1) RETURNING users.id',
    'unknown: unresolved-name',
  ]);
});

test('no schema of today is asked about its table', () => {
  assert.deepEqual(
    factsOf(helper).flatMap(({ forms }) => forms.map(form => form.unlikeDeclared)),
    ['users', 'users'],
  );
  const [user] = factsOf('def names(session: Session):\n    session.execute(select(User.name))');
  assert.equal(user?.forms[0]?.unlikeDeclared, undefined);
});

test('bases of the function itself, and classes beside each other', () => {
  const python = `
class TestAll:
    def test_it(self, session: Session):
        class Other(DeclarativeBase): ...
        Third = sa.orm.declarative_base()
        class A(Other):
            __tablename__ = "a"
            id: Mapped[int] = mapped_column(primary_key=True)
            bs: Mapped[list["B"]] = relationship()
        class B(Other):
            __tablename__ = "b"
            id: Mapped[int] = mapped_column(primary_key=True)
            a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
        class C(Third):
            __tablename__ = "c"
            id = sa.Column(sa.Integer, primary_key=True)
        session.execute(select(A, B.a_id).join(B, B.a_id == A.id))
        session.execute(select(C))
        session.execute(select(A).join(A.bs))
`;
  assert.deepEqual(sqlOf(python), [
    'SELECT a.id, b.a_id FROM a JOIN b ON b.a_id = a.id',
    'SELECT c.id FROM c',
    'unknown: unsupported-construct',
  ]);
});

test('a name of the table, a base or a parent that is only known while the program runs', () => {
  const mapped = (base: string, body: string) => `
def run(session: Session, name, given):
    class Local(${base}):
        ${body}
    session.execute(select(Local))
`;
  const unknown = ['unknown: unresolved-model'];
  assert.deepEqual(
    sqlOf(mapped('Base', '__tablename__ = name\n        id = sa.Column(sa.Integer)')),
    unknown,
  );
  assert.deepEqual(sqlOf(mapped('given', '__tablename__ = "a"\n        id = sa.Column(sa.Integer)')), [
    'SELECT a.id FROM a',
    ...unknown,
  ]);
  assert.deepEqual(sqlOf(mapped('User', '__tablename__ = "a"\n        id = sa.Column(sa.Integer)')), unknown);
});
