/**
 * Models as read here, held against what SQLAlchemy says after importing the project: `node models.ts PYTHON ROOT
 * [PREFIX]`. PYTHON has SQLAlchemy installed; PREFIX limits the modules that are imported. Prints figures and every
 * difference; the exit code is 1 where there is any.
 */
import { execFileSync } from 'node:child_process';
import { readModels } from '../../src/sqlalchemy/models/read-models.ts';
import { compareModels, type OracleAnswer } from './compare-models.ts';
import { readPythonFolder } from './read-folder.ts';

const [python, root, prefix = ''] = process.argv.slice(2);
if (!python || !root) throw new Error('Give a Python with SQLAlchemy, and a folder.');

const { files, table } = await readPythonFolder(root);
const started = performance.now();
const { models, joinOf } = readModels(files, table);
const milliseconds = performance.now() - started;
const modules = files
  .filter(
    file =>
      file.name.startsWith(prefix) && [...models.values()].some(model => model.location.path === file.path),
  )
  .map(file => importName(file.path));
const oracle = new URL('./models_oracle.py', import.meta.url).pathname;
const answer = JSON.parse(
  execFileSync(python, [oracle, root, ...modules], { encoding: 'utf8', maxBuffer: 1 << 28 }),
) as OracleAnswer;
const { figures, differences } = compareModels([...models.values()], joinOf, answer);

/** A namespace package has no `__init__.py`, and its modules the name of their whole path. */
function importName(path: string): string {
  return path.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
}

for (const difference of differences.slice(0, 400)) console.log(difference);
for (const problem of answer.problems) console.log(`import problem: ${problem}`);
console.log(`${files.length} files, ${models.size} models read in ${milliseconds.toFixed(0)} ms`);
for (const [name, { equal, total }] of Object.entries(figures))
  console.log(`${name}: ${equal} of ${total} equal`);
process.exitCode = differences.length > 0 ? 1 : 0;
