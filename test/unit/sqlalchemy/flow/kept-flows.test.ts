/** A file's flow is kept until something that went into it changes, be it in another file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createModuleTable } from '../../../../src/python/modules/modules.ts';
import { exampleModels } from '../../../../src/rules/examples/example-project.ts';
import type { SourceFile, SqlAlchemyProject } from '../../../../src/sqlalchemy/project.ts';
import { readProject } from '../../../../src/sqlalchemy/read-project.ts';
import { parseFile } from '../../../../src/workspace/files/parse-file.ts';
import { parser } from '../../../project.ts';

const helper = `from sqlalchemy.ext.asyncio import AsyncSession

from app.models import User


async def find(session: AsyncSession) -> User | None:
    user = await session.get(User, 1)
    return user
`;

const caller = `from sqlalchemy.ext.asyncio import AsyncSession

from app.helper import find


async def posts(session: AsyncSession) -> object:
    user = await find(session)
    return user and user.posts
`;

const path = '/project/app/caller.py';

function fileOf(name: string, text: string): SourceFile {
  return parseFile(parser, { path: `/project/app/${name}.py`, name: `app.${name}`, text });
}

function projectOf(files: readonly SourceFile[], previous?: SqlAlchemyProject): SqlAlchemyProject {
  return readProject(files, createModuleTable(files), previous ? { previous } : {});
}

const models = fileOf('models', exampleModels);
const calling = fileOf('caller', caller);
/** What follows it takes over what it read, so that each test has its own. */
function opened(): SqlAlchemyProject {
  return projectOf([models, fileOf('helper', helper), calling, fileOf('other', 'number = 1\n')]);
}

test('a helper in another file decides about its caller', () => {
  const before = opened();
  assert.deepEqual(
    before.flowOf(path).facts.map(each => each.kind),
    ['lazy-load'],
  );
  const loading = helper.replace('session.get(User, 1)', 'session.get(User, 1, options=["posts"])');
  const after = projectOf(
    [models, fileOf('helper', loading), calling, fileOf('other', 'number = 1\n')],
    before,
  );
  assert.deepEqual(after.flowOf(path).facts, []);
});

test('an edit elsewhere leaves the flow as it is', () => {
  const before = opened();
  const known = before.flowOf(path);
  const same = [...before.files.values()].filter(each => each.name !== 'app.other');
  const after = projectOf([...same, fileOf('other', 'number = 2\n')], before);
  assert.equal(after.flowOf(path), known);
});

test('files without sessions and objects have no facts', () => {
  const before = opened();
  assert.deepEqual(before.flowOf('/project/app/other.py').facts, []);
  assert.deepEqual(before.flowOf('/project/app/nowhere.py').facts, []);
});
