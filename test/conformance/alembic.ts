/**
 * Compares the revision graph with Alembic's: `node test/conformance/alembic.ts [FOLDER…]` reads every version folder below
 * the folders (and random maps), asks `alembic_oracle.py` the same questions, and prints figures. `--record FILE` stores answers
 * about maps for the unit test. Python is DBPATTERNS_TEST_PYTHON or python3 and needs alembic.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { buildGraph } from '../../src/alembic/build-graph.ts';
import { constantString, type ImportedText, moduleNames } from '../../src/alembic/constants.ts';
import type { RevisionGraph } from '../../src/alembic/graph.ts';
import { readRevision } from '../../src/alembic/read-revision.ts';
import type { Revision } from '../../src/alembic/revision.ts';
import { revisionFiles } from '../../src/alembic/revision-files.ts';
import { loadTestPythonParser } from '../python-parser.ts';
import {
  answerAbout,
  compareAnswers,
  type GraphAnswer,
  type Questions,
  questionsAbout,
} from './alembic-answers.ts';
import { type MapRevision, randomMaps, revisionsOfMap } from './alembic-maps.ts';

const script = join(import.meta.dirname, 'alembic_oracle.py');
const python = process.env.DBPATTERNS_TEST_PYTHON ?? 'python3';
const seeds = ['0', '1', '2'];

interface Subject {
  readonly name: string;
  readonly question: (Questions & { readonly map: readonly MapRevision[] }) | (Questions & FolderQuestion);
  readonly ours: GraphAnswer;
}

interface FolderQuestion {
  readonly folders: readonly string[];
  readonly recursive: boolean;
  readonly roots: readonly string[];
}

function ask(subjects: readonly Subject[]): readonly (readonly GraphAnswer[])[] {
  const input = JSON.stringify(subjects.map(subject => subject.question));
  const bySeed = seeds.map(seed => {
    const result = spawnSync(python, [script], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env: { ...process.env, PYTHONHASHSEED: seed, PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (result.status !== 0) throw new Error(`${python} alembic_oracle.py failed: ${result.stderr}`);
    return JSON.parse(result.stdout) as GraphAnswer[];
  });
  return subjects.map((_, index) => bySeed.map(answers => answers[index] as GraphAnswer));
}

function mapSubject(name: string, map: readonly MapRevision[]): Subject {
  const graph = buildGraph(revisionsOfMap(map));
  const questions = questionsAbout(graph);
  return { name, question: { map, ...questions }, ours: answerAbout(graph, questions) };
}

const parser = await loadTestPythonParser();

/** Folders below that repeat ids of one another are chains of their own, as for two databases. */
function folderSubjects(folder: string): Subject[] {
  const below = readdirSync(folder, { withFileTypes: true }).filter(
    entry => entry.isDirectory() && entry.name !== '__pycache__',
  );
  const recursive = below.length > 0;
  const graph = readGraph(folder, recursive);
  if (graph.nodes.length === 0) return [];
  if (recursive && graph.problems.some(problem => problem.code === 'duplicate-revision-id')) {
    return below.flatMap(entry => folderSubjects(join(folder, entry.name)));
  }
  const questions = questionsAbout(graph);
  const question = { folders: [folder], recursive, roots: rootsAbove(folder), ...questions };
  return [{ name: folder, question, ours: answerAbout(graph, questions) }];
}

function readGraph(folder: string, recursive: boolean): RevisionGraph {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(path => join(folder, path));
  const revisions: Revision[] = [];
  for (const path of revisionFiles(all, { versionLocations: [folder], recursive })) {
    const reading = readRevision(
      path,
      readFileSync(path, 'utf8'),
      text => parser.parse(text),
      importedText(folder),
    );
    if (reading.kind === 'revision') revisions.push(reading.revision);
  }
  return buildGraph(revisions);
}

/** A module's constant, looked up in the files above the folder. */
function importedText(folder: string): ImportedText {
  return dottedName => {
    const parts = dottedName.split('.');
    const name = parts.pop() ?? '';
    for (const root of rootsAbove(folder)) {
      const path = [`${join(root, ...parts)}.py`, join(root, ...parts, '__init__.py')].find(each =>
        existsSync(each),
      );
      if (path === undefined) continue;
      const names = moduleNames(parser.parse(readFileSync(path, 'utf8')));
      const value = names.bound.get(name);
      return value ? constantString(value, names) : null;
    }
    return null;
  };
}

function rootsAbove(folder: string): string[] {
  let root = dirname(folder);
  while (existsSync(join(root, '__init__.py'))) root = dirname(root);
  return [root, dirname(root)];
}

function findVersionFolders(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name === 'versions')
    .map(entry => join(entry.parentPath, entry.name));
}

/** Answers that are the same under every seed once. */
function record(
  path: string,
  subjects: readonly Subject[],
  theirs: readonly (readonly GraphAnswer[])[],
): void {
  const cases = subjects.map(({ question }, index) => {
    const texts = new Set((theirs[index] ?? []).map(answer => JSON.stringify(answer)));
    return {
      map: 'map' in question ? question.map : [],
      answers: [...texts].map(text => JSON.parse(text) as unknown),
    };
  });
  writeFileSync(path, `${JSON.stringify(cases)}\n`);
}

const [option, ...rest] = process.argv.slice(2);
const folders = option === '--record' ? rest.slice(1) : [option, ...rest].filter(each => each !== undefined);
const maps = readMaps().map((map, index) => mapSubject(`map ${index}`, map));
const projects = folders.flatMap(folder => findVersionFolders(resolve(folder))).flatMap(folderSubjects);

function readMaps(): readonly (readonly MapRevision[])[] {
  const given = process.env.DBPATTERNS_ALEMBIC_MAPS;
  const more = given === undefined ? [] : (JSON.parse(readFileSync(given, 'utf8')) as MapRevision[][]);
  return [...more, ...randomMaps(Number(process.env.DBPATTERNS_MAPS ?? 300))];
}

let differences = 0;
let answers = 0;
for (const [kind, subjects] of Object.entries({ maps, projects })) {
  const theirs = ask(subjects);
  let equal = 0;
  subjects.forEach((subject, index) => {
    const report = compareAnswers(subject.ours, theirs[index] ?? []);
    answers += report.compared;
    if (report.differences.length === 0) equal++;
    else for (const line of report.differences.slice(0, 5)) console.log(`${subject.name}: ${line}`);
    differences += report.differences.length;
    if (kind === 'projects')
      console.log(
        `${report.differences.length === 0 ? 'equal' : 'DIFFERS'} ${subject.name.split('/').slice(-6).join('/')} ${Array.isArray(subject.ours.walk) ? subject.ours.walk.length : 0} revisions`,
      );
  });
  console.log(`${kind}: ${equal} of ${subjects.length} equal`);
  if (kind === 'maps' && option === '--record') record(rest[0] ?? '', subjects, theirs);
}
console.log(`${answers} answers compared, ${differences} differ (${basename(python)})`);
process.exitCode = differences === 0 ? 0 : 1;
