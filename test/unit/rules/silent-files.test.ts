/** Where rules are silent, by patterns of paths. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../../src/rules/registry.ts';
import { type RuleSettings, recommendedSettings } from '../../../src/rules/rule-settings.ts';
import { createRuleRunner } from '../../../src/rules/run-rules.ts';
import { projectOf, scopeOf } from '../../project.ts';

const code = `from sqlalchemy import select
from sqlalchemy.orm import Session
from models import User

def find(session: Session):
    return session.scalars(select(User).where(User.name is None, User.id == 1 and User.id == 2))
`;
const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): ...
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
`;

/** Rules that find something, by the path of the file. */
function found(settings: Partial<RuleSettings>): Readonly<Record<string, readonly string[]>> {
  const project = projectOf({ 'models.py': models, 'app/a.py': code, 'tests/a.py': code });
  const runner = createRuleRunner(rules, { ...recommendedSettings, roots: ['/project'], ...settings });
  return Object.fromEntries(
    ['app/a.py', 'tests/a.py'].map(path => [
      path,
      runner
        .checkFile(scopeOf(project), `/project/${path}`)
        .map(({ rule }) => rule)
        .sort(),
    ]),
  );
}

const both = ['boolean-operator-on-column', 'identity-test-on-column'];

test('nowhere by itself', () => assert.deepEqual(found({}), { 'app/a.py': both, 'tests/a.py': both }));
test('a rule where it is excluded', () =>
  assert.deepEqual(found({ rules: { 'identity-test-on-column': { exclude: ['tests/**'] } } }), {
    'app/a.py': both,
    'tests/a.py': ['boolean-operator-on-column'],
  }));
test('rules that files ignore, categories and all of them', () => {
  const after = (names: readonly string[]) => found({ ignores: { '/tests': names } })['tests/a.py'];
  assert.deepEqual(after(['identity-test-on-column']), ['boolean-operator-on-column']);
  assert.deepEqual(after(['query']), []);
  assert.deepEqual(after(['all']), []);
  assert.deepEqual(after(['session']), both);
});
