/**
 * `node test/conformance/alembic.ts [FOLDER…]`: the revision graph held against Alembic's, and the figures as a section of
 * `RESULTS.md`. Alembic answers for the maps of its own tests, for random maps, and for every environment below the folders,
 * read as the product reads a workspace. `--record FILE` stores its answers about random maps for the unit test.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { MigrationEnvironment } from '../../src/alembic/environment/environment.ts';
import { readEnvironments } from '../../src/alembic/environment/read-environments.ts';
import { buildGraph } from '../../src/alembic/graph/build-graph.ts';
import { runOrThrow } from '../../src/tools/command.ts';
import { shopEnvironment } from '../../src/tools/shop.ts';
import { loadTestPythonParser } from '../python-parser.ts';
import {
  answerAbout,
  compareAnswers,
  type GraphAnswer,
  type Questions,
  questionsAbout,
} from './alembic-answers.ts';
import { type MapRevision, randomMaps, revisionsOfMap } from './alembic-maps.ts';
import { table, writeSection } from './results.ts';
import { sourceDistribution } from './source-distribution.ts';

interface Subject {
  readonly name: string;
  readonly revisions: number;
  readonly question: Questions & (MapQuestion | FolderQuestion);
  readonly ours: GraphAnswer;
}

interface MapQuestion {
  readonly map: readonly MapRevision[];
}

interface FolderQuestion {
  readonly folders: readonly string[];
  readonly recursive: boolean;
  /** Of the import path. */
  readonly roots: readonly string[];
}

const { values, positionals } = parseArgs({
  options: { record: { type: 'string' }, source: { type: 'string' } },
  allowPositionals: true,
});
const { python } = await shopEnvironment();
const version = (
  await runOrThrow(python, ['-c', 'import alembic; print(alembic.__version__)'])
).stdout.trim();
const parser = await loadTestPythonParser();
/** Alembic walks sets in places: its answers may vary with the hash seed. */
const seeds = ['0', '1', '2'];
const randomCount = 300;

const own = (await ownMaps()).map((map, index) => mapSubject(`Alembic’s own map ${index}`, map));
const random = randomMaps(randomCount).map((map, index) => mapSubject(`random map ${index}`, map));
const projects = positionals.map(folder => ({
  name: basename(resolve(folder)).replace(/-\d[\d.]*$/, ''),
  environments: environmentSubjects(resolve(folder)),
}));
const kinds = [
  compared('maps of Alembic’s own tests', own),
  compared('random maps', random, values.record),
  ...projects.map(({ name, environments }) => compared(name, environments)),
];
if (positionals.length > 0) publish();
process.exitCode = kinds.every(({ differences }) => differences === 0) ? 0 : 1;

interface Comparison {
  readonly name: string;
  readonly subjects: number;
  readonly revisions: number;
  readonly answers: number;
  readonly differences: number;
}

function compared(name: string, subjects: readonly Subject[], record?: string): Comparison {
  const theirs = ask(subjects);
  if (record !== undefined) store(record, subjects, theirs);
  const reports = subjects.map(({ ours }, index) => compareAnswers(ours, theirs[index] ?? []));
  reports.forEach((report, index) => {
    for (const line of report.differences.slice(0, 5)) console.log(`${subjects[index]?.name}: ${line}`);
  });
  const result = {
    name,
    subjects: subjects.length,
    revisions: sum(subjects.map(({ revisions }) => revisions)),
    answers: sum(reports.map(report => report.compared)),
    differences: sum(reports.map(report => report.differences.length)),
  };
  console.log(
    `${name}: ${result.subjects} graphs, ${result.answers} answers, ${result.differences} different`,
  );
  return result;
}

function publish(): void {
  const shown = kinds.filter(({ subjects }) => subjects > 0);
  writeSection({
    name: 'alembic',
    title: 'Revision graphs beside Alembic’s own answers',
    versions: [`judged by Alembic ${version}`, `Node.js ${process.versions.node}`],
    body: [
      'Heads, bases, edges, labels, order, and what identifiers, upgrades and downgrades mean, with the words of the errors;',
      'environments are found and read as the product does it, and loaded by `alembic.script.ScriptDirectory`.',
      '',
      table(
        ['material', 'graphs', 'revisions', 'answers', 'different'],
        shown.map(each => [each.name, each.subjects, each.revisions, each.answers, each.differences]),
      ),
    ].join('\n'),
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

async function ownMaps(): Promise<readonly (readonly MapRevision[])[]> {
  const source = values.source ?? (await sourceDistribution('alembic', version));
  const script = join(import.meta.dirname, 'alembic_own_maps.py');
  const { stdout } = await runOrThrow(python, [script, source], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(stdout) as MapRevision[][];
}

function mapSubject(name: string, map: readonly MapRevision[]): Subject {
  const graph = buildGraph(revisionsOfMap(map));
  const questions = questionsAbout(graph);
  return {
    name,
    revisions: map.length,
    question: { map, ...questions },
    ours: answerAbout(graph, questions),
  };
}

/** Those that have revisions. */
function environmentSubjects(root: string): readonly Subject[] {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(?:py|ini|toml)$/.test(path) && !/(?:^|\/)(?:node_modules|\.venv|\.git)\//.test(path))
    .map(path => join(root, path));
  const textOf = (path: string) => readFileSync(path, 'utf8');
  return readEnvironments({ paths, textOf, parse: text => parser.parse(text) })
    .filter(({ graph }) => graph.nodes.length > 0)
    .map(environment => environmentSubject(root, environment));
}

function environmentSubject(
  root: string,
  { config, graph, versionLocations }: MigrationEnvironment,
): Subject {
  const questions = questionsAbout(graph);
  const recursive = graph.nodes.some(({ revision }) => !versionLocations.includes(dirname(revision.path)));
  const question = { folders: versionLocations, recursive, roots: rootsAbove(versionLocations[0] ?? root) };
  return {
    name: config.slice(root.length + 1),
    revisions: graph.nodes.length,
    question: { ...question, ...questions },
    ours: answerAbout(graph, questions),
  };
}

/** The folders that modules of the project are imported from. */
function rootsAbove(folder: string): readonly string[] {
  let root = dirname(folder);
  while (existsSync(join(root, '__init__.py'))) root = dirname(root);
  return [root, dirname(root)];
}

function ask(subjects: readonly Subject[]): readonly (readonly GraphAnswer[])[] {
  const input = JSON.stringify(subjects.map(subject => subject.question));
  const bySeed = seeds.map(seed => {
    const script = join(import.meta.dirname, 'alembic_oracle.py');
    const env = { ...process.env, PYTHONHASHSEED: seed, PYTHONDONTWRITEBYTECODE: '1' };
    const { status, stdout, stderr } = spawnSync(python, [script], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env,
    });
    if (status !== 0) throw new Error(`${python} alembic_oracle.py failed: ${stderr}`);
    return JSON.parse(stdout) as GraphAnswer[];
  });
  return subjects.map((_, index) => bySeed.map(answers => answers[index] as GraphAnswer));
}

/** Answers that are the same under every seed once. */
function store(
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
