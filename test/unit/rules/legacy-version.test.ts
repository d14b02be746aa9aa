/** Which projects are taken for SQLAlchemy 1.x where nothing names a version: what 2.0 took away is no mistake in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../../src/rules/registry.ts';
import { recommendedSettings } from '../../../src/rules/rule-settings.ts';
import { createRuleRunner } from '../../../src/rules/run-rules.ts';
import { projectOf, scopeOf } from '../../project.ts';

const code = `from sqlalchemy import Column, Integer, create_engine, select
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import joinedload, relationship

Base = declarative_base()
engine = create_engine("postgresql://localhost/shop")

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)

def users(session):
    engine.execute(select([User.id]))
    return session.query(User).options(joinedload("posts"))
`;

/** What is said of the code that calls 1.x, beside other files. */
function found(others: Readonly<Record<string, string>>): readonly string[] {
  const runner = createRuleRunner(rules, { ...recommendedSettings, roots: ['/project'] });
  const project = projectOf({ ...others, 'shop/users.py': code });
  return runner
    .checkFile(scopeOf(project), '/project/shop/users.py')
    .map(({ rule }) => rule)
    .sort();
}

const mistakes = ['loader-option-argument', 'removed-execution-api', 'select-with-list'];
const isMistaken = (others: Readonly<Record<string, string>>) => assert.deepEqual(found(others), mistakes);
const isOn1 = (others: Readonly<Record<string, string>>) => assert.deepEqual(found(others), []);

const calls = {
  'shop/one.py': 'def one(engine):\n    return engine.execute("SELECT 1")\n',
  'shop/two.py': 'def two(users):\n    return select([users.c.id])\n',
  'shop/three.py': 'def three(query):\n    return query.from_self().all()\n',
};

test('one file of 1.x alone is a mistake', () => isMistaken({}));
test('so are two', () =>
  isMistaken({ 'shop/one.py': calls['shop/one.py'], 'shop/two.py': calls['shop/two.py'] }));
test('four are a project of 1.x', () => isOn1(calls));
test('unless it has something of 2.0', () =>
  isMistaken({ ...calls, 'shop/base.py': 'from sqlalchemy.orm import DeclarativeBase\n' }));
test('a comment and a text are no calls', () =>
  isMistaken({
    ...calls,
    'shop/two.py': '# select([users.c.id]) is of the past\n',
    'shop/three.py': 'note = "query.from_self() is gone"\n',
  }));

for (const start of [
  'metadata = MetaData(bind=engine)',
  'Session = sessionmaker(bind=engine, autocommit=True)',
  'from sqlalchemy.orm import mapper, relation',
  'from sqlalchemy.ext.declarative.api import declared_attr',
  'class Audit(MapperExtension):\n    pass',
  'name = Column(String(convert_unicode=True))',
  'try:\n    pass\nexcept ValueError, error:\n    print "no"',
])
  test(`what 2.0 refuses at the start settles it: ${start.split('\n')[0]}`, () =>
    isOn1({ 'shop/start.py': `${start}\n` }));

test('a version in the requirements settles it', () => {
  isMistaken({ ...calls, 'requirements.txt': 'sqlalchemy==2.0.44\n' });
  isOn1({ 'requirements.txt': 'sqlalchemy==1.4.54\n' });
});
test('another project of the workspace says nothing', () =>
  isMistaken({
    'old/start.py': 'metadata = MetaData(bind=engine)\n',
    'old/requirements.txt': 'requests\n',
    'shop/requirements.txt': 'sqlalchemy\n',
  }));
