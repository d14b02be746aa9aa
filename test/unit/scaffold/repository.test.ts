/** New Repository: questions, problems, and repositories on the bases that projects have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoryScaffold } from '../../../src/scaffold/repository/repository-scaffold.ts';
import { applyScaffold, factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';

const project: Texts = {
  'app/__init__.py': '',
  'app/models.py': `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
`,
};

function withBase(body: string): Texts {
  return {
    ...project,
    'app/repositories/__init__.py': '',
    'app/repositories/base.py': `from typing import Generic, TypeVar\n\nfrom sqlalchemy.orm import Session\n\nT = TypeVar("T")\n\n\nclass BaseRepository(Generic[T]):\n${body}`,
  };
}

test('a project without models is told what to do first', () => {
  assert.match(repositoryScaffold.problem(factsOf({})) ?? '', /New Model/);
});

test('async is asked where no base has decided it', () => {
  const ids = (texts: Texts): readonly string[] =>
    repositoryScaffold.questions(factsOf(texts), null).map(question => question.id);
  assert.deepEqual(ids(project), ['model', 'async']);
  assert.deepEqual(ids(withBase('    model: type[T]\n')), ['model']);
});

test('a base of its own is written where there is none', () => {
  const { changed } = applyScaffold(project, 'repository', { model: 'User', async: true });
  assert.deepEqual(Object.keys(changed), [
    'app/repositories/__init__.py',
    'app/repositories/base.py',
    'app/repositories/user.py',
  ]);
  assert.match(changed['app/repositories/base.py'] ?? '', /async def get_one\(self, \*key: KeyT\)/);
});

test('repositories are written beside models that lie deeper', () => {
  const deep = { 'app/__init__.py': '', 'app/server/models.py': project['app/models.py'] ?? '' };
  const { changed } = applyScaffold(deep, 'repository', { model: 'User', async: true });
  assert.ok('app/server/repositories/user.py' in changed, Object.keys(changed).join());
});

test('sync where so answered', () => {
  const { changed } = applyScaffold(project, 'repository', { model: 'User', async: false });
  assert.doesNotMatch(changed['app/repositories/base.py'] ?? '', /async|await/);
});

test('a base that names the model by an attribute', () => {
  const { changed } = applyScaffold(withBase('    model: type[T]\n'), 'repository', { model: 'User' });
  assert.deepEqual(Object.keys(changed), ['app/repositories/user.py']);
  assert.match(
    changed['app/repositories/user.py'] ?? '',
    /class UserRepository\(BaseRepository\[User\]\):\n {4}"""Users\."""\n\n {4}model = User\n$/,
  );
});

test('a base that takes the model', () => {
  const { changed } = applyScaffold(
    withBase('    def __init__(self, model: type[T], session: Session) -> None: ...\n'),
    'repository',
    { model: 'User' },
  );
  assert.match(
    changed['app/repositories/user.py'] ?? '',
    /def __init__\(self, session: Session\) -> None:\n {8}super\(\).__init__\(User, session\)\n$/,
  );
});

test('what is there is not written again', () => {
  const once = applyScaffold(project, 'repository', { model: 'User' }).texts;
  assert.match(
    applyScaffold(once, 'repository', { model: 'User' }).problems.join(),
    /already a UserRepository/,
  );
  assert.match(applyScaffold(project, 'repository', { model: 'Nobody' }).problems.join(), /no model Nobody/);
});
