/** Add Test Fixtures: the factories, and a conftest.py that is there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyScaffold, type Texts } from '../../scaffold/apply-scaffold.ts';

function project(models: string): Texts {
  return {
    'app/__init__.py': '',
    'app/models.py': `from sqlalchemy import ForeignKey, String\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase): ...\n\n\n${models}`,
  };
}

const team = `class Team(Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(4), unique=True)
`;

const player = `class Player(Base):
    __tablename__ = "players"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    rank: Mapped[int] = mapped_column(default=1)
    nick: Mapped[str | None]
`;

function factoriesOf(models: string) {
  const { changed, notes, problems } = applyScaffold(project(models), 'test-fixtures', {});
  assert.deepEqual(problems, []);
  return { text: changed['tests/factories.py'] ?? '', notes, files: Object.keys(changed) };
}

test('what a row must have is filled in, and what it needs is made', () => {
  const { text, files } = factoriesOf(`${team}\n\n${player}`);
  assert.deepEqual(files, [
    'tests/conftest.py',
    'tests/test_session.py',
    'tests/factories.py',
    'tests/test_factories.py',
  ]);
  assert.match(text, /"code": str\(number\),/);
  assert.match(text, /team_row = make_team\(session\)\n {8}given\["team_id"\] = team_row\.id/);
  assert.match(
    text,
    /class PlayerValues\(TypedDict, total=False\):\n.*\n\n {4}team_id: int\n {4}nick: str \| None\n\n/,
  );
});

test('rows that need each other have no factory', () => {
  const circle = team.replace(
    '    code',
    '    captain_id: Mapped[int] = mapped_column(ForeignKey("players.id"))\n    code',
  );
  const { text, notes } = factoriesOf(`${circle}\n\n${player}`);
  assert.equal(text, '');
  assert.deepEqual(notes, [
    'Team has no factory: what a row of it must have could not be told.',
    'Player has no factory: what a row of it must have could not be told.',
  ]);
});

test('no factories where they are not wanted', () => {
  const { changed } = applyScaffold(project(team), 'test-fixtures', { factories: false });
  assert.deepEqual(Object.keys(changed), ['tests/conftest.py', 'tests/test_session.py']);
});

test('a conftest.py that has a session is kept', () => {
  const texts = { ...project(team), 'tests/conftest.py': 'def session(): ...\n' };
  const { changed } = applyScaffold(texts, 'test-fixtures', {});
  assert.deepEqual(Object.keys(changed), ['tests/factories.py', 'tests/test_factories.py']);
});
