/** The ways of telling apart the rows of classes that share a table; the statements are in `test/conformance/samples`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlOf } from './sql-of.ts';

/** `select(Admin.id)` where the parent's body ends with the one text, the child's with the other. */
function admins(
  parent: string,
  child = '__mapper_args__ = {"polymorphic_identity": "admin"}',
): readonly string[] {
  return sqlOf(`
from sqlalchemy.orm import declared_attr, registry
class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column("sort")
    ${parent}

class Admin(Account):
    ${child}

class Owner(Admin):
    __mapper_args__ = {"polymorphic_identity": "owner"}

found = select(Admin.id)
`);
}

const told = ['SELECT accounts.id FROM accounts WHERE accounts.sort IN ($1, $2)'];
const unknown = ['unknown: unsupported-construct'];

test('a discriminator is named by attribute, column or text', () => {
  assert.deepEqual(admins('__mapper_args__ = {"polymorphic_on": "kind"}'), told);
  assert.deepEqual(admins('__mapper_args__ = {"polymorphic_on": kind}'), told);
  assert.deepEqual(
    admins('__mapper_args__ = dict(polymorphic_on="kind", polymorphic_identity="account")'),
    told,
  );
  assert.deepEqual(
    admins('@declared_attr.directive\n    def __mapper_args__(cls): return {"polymorphic_on": cls.kind}'),
    told,
  );
});

test('classes without an identity share one, abstract ones have none', () => {
  const on = '__mapper_args__ = {"polymorphic_on": "kind"}';
  assert.deepEqual(admins(on, 'pass'), told);
  assert.deepEqual(admins(on, '__mapper_args__ = {"polymorphic_abstract": True}'), [
    'SELECT accounts.id FROM accounts WHERE accounts.sort IN ($1)',
  ]);
});

test('without a discriminator every row is of every class', () => {
  assert.deepEqual(admins('', 'pass'), ['SELECT accounts.id FROM accounts']);
});

test('a discriminator that is no column makes the statement unknown', () => {
  assert.deepEqual(
    admins('__mapper_args__ = {"polymorphic_on": sa.case((id > 3, "admin"), else_="account")}'),
    unknown,
  );
  assert.deepEqual(admins('__mapper_args__ = given_by_someone()'), unknown);
});

test('columns of subclasses are loaded with a class where the mapping says so', () => {
  const loaded = (parent: string, child: string, table = '') =>
    sqlOf(`
class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind"${parent}}
class Admin(Account):
    level: Mapped[int]
    ${table}
    __mapper_args__ = {"polymorphic_identity": "admin"${child}}
found = select(Account)
`);
  const own = ['SELECT accounts.id, accounts.kind FROM accounts'];
  const all = ['SELECT accounts.id, accounts.kind, accounts.level FROM accounts'];
  const joined =
    '__tablename__ = "admins"\n    id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)';
  assert.deepEqual(loaded('', ''), own);
  assert.deepEqual(loaded('', ', "polymorphic_load": "selectin"'), own);
  assert.deepEqual(loaded(', "with_polymorphic": "*"', ''), all);
  assert.deepEqual(loaded('', ', "polymorphic_load": "inline"'), all);
  assert.deepEqual(loaded('', ', "polymorphic_load": "inline"', joined), [
    'SELECT accounts.id, accounts.kind, admins.id AS id_1, admins.level FROM accounts LEFT OUTER JOIN admins ON accounts.id = admins.id',
  ]);
  assert.deepEqual(loaded(', "with_polymorphic": [Admin]', ''), unknown);
});
