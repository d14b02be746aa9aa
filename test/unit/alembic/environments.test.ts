/** Environments found among files: where their folders are, what env.py says, and what is wrong with them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MigrationEnvironment } from '../../../src/alembic/environment/environment.ts';
import { readEnvironments } from '../../../src/alembic/environment/read-environments.ts';
import { noImportedText } from '../../../src/alembic/revision/constants.ts';
import { createRevisionReader } from '../../../src/alembic/revision/revision-reader.ts';
import { loadTestPythonParser } from '../../python-parser.ts';

const parser = await loadTestPythonParser();
const parse = (text: string) => parser.parse(text);
const env = 'from alembic import context\ncontext.configure(target_metadata=None)\n';

function environmentsOf(files: Readonly<Record<string, string>>): readonly MigrationEnvironment[] {
  return readEnvironments({ paths: Object.keys(files), textOf: path => files[path], parse });
}

function outline(files: Readonly<Record<string, string>>): readonly string[] {
  return environmentsOf(files).map(
    ({ config, scriptLocation, graph }) =>
      `${config} ${scriptLocation} ${graph.nodes.map(node => node.id).join(',')}`,
  );
}

test('by alembic.ini, by package, and without a configuration', () => {
  const folder = { 'db/migrations/env.py': env, 'db/migrations/versions/a.py': 'revision = "a"\n' };
  const expected = 'db/migrations a';
  assert.deepEqual(outline({ 'alembic.ini': '[alembic]\nscript_location = db/migrations\n', ...folder }), [
    `alembic.ini ${expected}`,
  ]);
  assert.deepEqual(outline({ 'alembic.ini': '[alembic]\nscript_location = db:migrations\n', ...folder }), [
    `alembic.ini ${expected}`,
  ]);
  assert.deepEqual(outline(folder), [`db/migrations/env.py ${expected}`]);
});

test('a location that does not exist', () => {
  const [environment] = environmentsOf({ 'alembic.ini': '[alembic]\nscript_location = nowhere\n' });
  assert.deepEqual(
    environment?.problems.map(problem => problem.code),
    ['missing-script-location'],
  );
});

test('folders below the versions: when configured, or when they go on from the ones above', () => {
  const files = (recursive: string) => ({
    'alembic.ini': `[alembic]\nscript_location = m\n${recursive}`,
    'm/env.py': env,
    'm/versions/a.py': 'revision = "a"\n',
    'm/versions/2026/b.py': 'revision = "b"\ndown_revision = "a"\n',
  });
  assert.deepEqual(outline(files('')), ['alembic.ini m a,b']);
  const archived = { ...files(''), 'm/versions/2026/b.py': 'revision = "b"\n' };
  assert.deepEqual(outline(archived), ['alembic.ini m a']);
  assert.deepEqual(
    outline({
      ...archived,
      ...{ 'alembic.ini': files('recursive_version_locations = true\n')['alembic.ini'] },
    }),
    ['alembic.ini m a,b'],
  );
});

test('a folder for each kind of database: that of PostgreSQL', () => {
  const files = {
    'alembic.ini': '[alembic]\nscript_location = m\n',
    'm/env.py': env,
    'm/versions/postgresql/a.py': 'revision = "a"\n',
    'm/versions/sqlite/a.py': 'revision = "a"\n',
    'm/versions/sqlite/b.py': 'revision = "b"\ndown_revision = "a"\n',
  };
  assert.deepEqual(outline(files), ['alembic.ini m a']);
});

test('env.py: version table, metadata, options, async', () => {
  const text = `from alembic import context
from app.models import Base
TABLE = "shop_version"
options = dict(compare_type=True, include_object=keep)
def run(connection):
    context.configure(connection=connection, target_metadata=Base.metadata, version_table=TABLE, version_table_schema="ops", **options)
async def online():
    engine = create_async_engine(os.environ["X"])
`;
  const [environment] = environmentsOf({ 'm/env.py': text, 'm/versions/a.py': 'revision = "a"' });
  assert.deepEqual(environment?.versionTable, { schema: 'ops', name: 'shop_version' });
  assert.equal(
    environment?.script?.targetMetadata.kind === 'expression' && environment.script.targetMetadata.text,
    'Base.metadata',
  );
  assert.deepEqual([...(environment?.script?.options.keys() ?? [])], ['compare_type', 'include_object']);
  assert.equal(environment?.script?.async, true);
  const none = environmentsOf({ 'm/env.py': `${env}`, 'm/versions/a.py': 'revision = "a"' })[0];
  assert.equal(none?.script?.targetMetadata.kind, 'none');
});

test('labels that another module names, and a change there', () => {
  const files = {
    'alembic.ini': '[alembic]\nscript_location = m\n',
    'app/branches.py': 'EXPAND = "expand"\nCONTRACT = "contract"\n',
    'm/env.py': env,
    'm/versions/a.py': 'from app import branches\nrevision = "a"\nbranch_labels = (branches.EXPAND,)\n',
    'm/versions/b.py': 'from app import branches\nrevision = "b"\nbranch_labels = (branches.CONTRACT,)\n',
  };
  const readRevision = createRevisionReader(parse);
  const read = (texts: Readonly<Record<string, string>>) => {
    const paths = Object.keys(texts);
    const [environment] = readEnvironments({ paths, textOf: path => texts[path], parse, readRevision });
    assert.deepEqual(environment?.problems, [], 'heads of different branches do not compete');
    return [...(environment?.graph.byLabel.keys() ?? [])];
  };
  assert.deepEqual(read(files), ['expand', 'contract']);
  const renamed = { ...files, 'app/branches.py': 'EXPAND = "grow"\nCONTRACT = "contract"\n' };
  assert.deepEqual(read(renamed), ['grow', 'contract']);
});

test('heads whose labels are computed are not said to compete', () => {
  const [environment] = environmentsOf({
    'm/env.py': env,
    'm/versions/a.py': 'revision = "a"\nbranch_labels = (f(),)\n',
    'm/versions/b.py': 'revision = "b"\n',
  });
  assert.deepEqual(
    environment?.problems.map(problem => problem.code),
    ['computed-reference'],
  );
});

test('after a change to one file the others are not read again', () => {
  let parsed = 0;
  const read = createRevisionReader(text => {
    parsed++;
    return parser.parse(text);
  });
  const computed = 'A = "a"\nrevision = A\n';
  read('a.py', computed, noImportedText);
  read('a.py', computed, noImportedText);
  assert.equal(parsed, 1);
  read('a.py', `${computed}\n`, noImportedText);
  assert.equal(parsed, 2);
});
