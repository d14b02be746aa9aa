/** Documents that have no file yet: they are read like files, and are gone when they are closed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storeOf } from '../../workspace.ts';

const untitled = 'untitled:Untitled-1';

test('an untitled document is read with the models of the workspace, and forgotten when it closes', async () => {
  const store = await storeOf({
    'models.py': [
      'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column',
      'class Base(DeclarativeBase): pass',
      'class User(Base):',
      '    __tablename__ = "users"',
      '    id: Mapped[int] = mapped_column(primary_key=True)',
    ].join('\n'),
  });
  await store.open(['/project'], {}, new AbortController().signal);
  const text = 'from sqlalchemy import select\nfrom models import User\nstatement = select(User.id)\n';
  const opened = store.setOverlay(untitled, text);
  const [statement] = opened.project.factsOf(untitled).statements;
  assert.match(statement?.forms[0]?.sql ?? '', /^SELECT users\.id/);
  assert.equal(store.setOverlay(untitled, null).project.files.has(untitled), false);
});
