/** Models that inherit from classes of packages have the columns that these declare. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workspaceOf } from '../../workspace.ts';

async function columnsOf(files: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { project, pythonFiles } = await workspaceOf(files);
  assert.deepEqual(pythonFiles.length, Object.keys(files).length);
  const model = [...project.models.values()].find(each => each.name === 'Account');
  const columns = model?.attributes.flatMap(each => (each.kind === 'column' ? [each.name] : []));
  return model && `${model.tableName}: ${columns?.join(' ')}${model.incomplete ? ' …' : ''}`;
}

const imports = 'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n';
const base = 'class Base(DeclarativeBase): ...\n';

test('Advanced Alchemy names tables after classes, also behind Litestar', async () => {
  const model = 'class Account(UUIDAuditBase):\n    name: Mapped[str]\n';
  const expected = 'account: id name _sentinel created_at updated_at';
  for (const module of ['advanced_alchemy.base', 'litestar.plugins.sqlalchemy.base'])
    assert.equal(
      await columnsOf({ 'm.py': `from ${module} import UUIDAuditBase\n${imports}${model}` }),
      expected,
    );
  const { project } = await workspaceOf({
    'm.py': `from advanced_alchemy.base import UUIDAuditBase\nfrom sqlalchemy import select\n${imports}${model}found = select(Account)\n`,
  });
  assert.equal(
    project.factsOf('/project/m.py').statements[0]?.forms[0]?.sql.replaceAll('\n', ' '),
    'SELECT account.id, account.name, account.created_at, account.updated_at FROM account',
  );
});

test('FastAPI Users, oslo.db and mixins without columns', async () => {
  const key = '    id: Mapped[int] = mapped_column(primary_key=True)\n';
  const mixed = (from: string, name: string) =>
    columnsOf({
      'm.py': `from ${from} import ${name}\n${imports}${base}class Account(Base, ${name}):\n    __tablename__ = "accounts"\n${key}`,
    });
  assert.equal(
    await mixed('fastapi_users.db', 'SQLAlchemyBaseUserTable'),
    'accounts: id email hashed_password is_active is_superuser is_verified',
  );
  assert.equal(
    await mixed('oslo_db.sqlalchemy.models', 'TimestampMixin'),
    'accounts: id created_at updated_at',
  );
  assert.equal(await mixed('flask_login', 'UserMixin'), 'accounts: id');
  assert.equal(await mixed('flask_login', 'UnheardOf'), 'accounts: id …');
  assert.equal(await mixed('elsewhere', 'Mixin'), 'accounts: id …');
});

test('Flask-AppBuilder’s audit columns lead to its users, whose table a project may declare itself', async () => {
  const model =
    'class Account(AuditMixin, Model):\n    __tablename__ = "accounts"\n    id = Column(Integer, primary_key=True)\n';
  const imports = 'from flask_appbuilder import Model\nfrom sqlalchemy import Column, Integer\n';
  const files = { 'm.py': `from flask_appbuilder.models.mixins import AuditMixin\n${imports}${model}` };
  assert.equal(await columnsOf(files), 'accounts: id created_on changed_on created_by_fk changed_by_fk');
  const { project } = await workspaceOf(files);
  assert.deepEqual(
    project.models
      .get('m.Account')
      ?.attributes.flatMap(each => (each.kind === 'relationship' ? [each.target] : [])),
    Array(2).fill('flask_appbuilder.security.sqla.models.User'),
  );
  const own = `${imports}class User(Model):\n    __tablename__ = "ab_user"\n    id = Column(Integer, primary_key=True)\n`;
  assert.deepEqual([...(await workspaceOf({ 'm.py': own })).project.models.keys()], ['m.User']);
});

test('neutron-lib names tables after classes, and gives resources what they share', async () => {
  const model =
    'class Account(standard_attr.HasStandardAttributes, model_base.BASEV2, model_base.HasId, model_base.HasProject): ...\n';
  assert.equal(
    await columnsOf({ 'm.py': `from neutron_lib.db import model_base, standard_attr\n${model}` }),
    'accounts: standard_attr_id id project_id',
  );
});

test('a package that is part of the workspace speaks for itself', async () => {
  const files = {
    'flask_login/__init__.py': `${imports}class UserMixin:\n    login: Mapped[str]\n`,
    'm.py': `from flask_login import UserMixin\n${imports}${base}class Account(UserMixin, Base):\n    __tablename__ = "a"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`,
  };
  assert.equal(await columnsOf(files), 'a: id login');
});
