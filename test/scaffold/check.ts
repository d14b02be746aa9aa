/**
 * Everything that is scaffolded, checked by Python: ruff, mypy --strict and pyright strict for every version that a
 * project supports, and a run on SQLite and PostgreSQL with SQLAlchemy 2.1 and 2.0. Each tool starts once for all
 * projects. `check.ts` by itself uses DBPATTERNS_TEST_PYTHON and DBPATTERNS_TEST_POSTGRES; arguments name projects
 * and checks, of which only these are used.
 */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { cached } from '../../src/tools/bootstrap-cache.ts';
import { run, runOrThrow } from '../../src/tools/command.ts';
import { writeFiles } from '../write-files.ts';
import { applyScaffold, factsOf } from './apply-scaffold.ts';
import { type CaseProject, caseProjects } from './cases.ts';
import { recipeCases, writeRecipeCase } from './recipe-projects.ts';
import { legacyTexts, runCases, scriptPath } from './run-cases.ts';
import { runnableSnippets, snippetProject } from './snippet-project.ts';

const pyright = join(import.meta.dirname, '..', '..', 'node_modules', 'pyright', 'index.js');
const checks = join(import.meta.dirname, 'checks');

/** The versions of Python that types are checked for. */
const pythons = [310, 311, 312, 313, 314];

/** The last of the older series; the environment that is given has the newer one. */
const olderSqlAlchemy = 'SQLAlchemy==2.0.58';

export interface ScaffoldCheckOptions {
  /** A Python with SQLAlchemy, Alembic, FastAPI, psycopg, asyncpg, aiosqlite, pytest, ruff and mypy. */
  readonly python: string;
  /** A superuser's address; without it nothing is run, only read. */
  readonly postgresUrl: string | undefined;
  readonly signal: AbortSignal;
  /** Names of projects; all where it is empty. */
  readonly projects: readonly string[];
  /** All where it is empty. */
  readonly checks: readonly string[];
  /** Told of each outcome as it comes. */
  readonly report?: (outcome: CheckOutcome) => void;
}

export interface CheckOutcome {
  /** `folder: mypy`. */
  readonly name: string;
  readonly state: 'passed' | 'failed';
  readonly output: string;
}

/** A project as it lies on the disk. */
interface WrittenProject extends CaseProject {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Of `pythons`, those that it supports. */
  readonly supports: readonly number[];
}

type Check = (
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
) => Promise<readonly CheckOutcome[]>;

const allChecks = {
  ruff: checkRuff,
  pyright: checkPyright,
  mypy: checkMypy,
  snippets: runSnippets,
  newer: runNewer,
  older: runOlder,
  converted: checkConversion,
  recipes: runRecipes,
} satisfies Readonly<Record<string, Check>>;

export type CheckName = keyof typeof allChecks;

/** The second core has work while the slowest tool runs. */
const lanes: readonly (readonly CheckName[])[] = [
  ['ruff', 'pyright'],
  ['snippets', 'mypy', 'newer', 'older', 'converted', 'recipes'],
];

export async function checkScaffolds(options: ScaffoldCheckOptions): Promise<readonly CheckOutcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'database-patterns-scaffold-'));
  try {
    const chosen = [...caseProjects, snippetProject()].filter(each =>
      isChosen(each.project, options.projects),
    );
    const projects = await Promise.all(chosen.map(project => writeProject(project, folder)));
    const outcomes = await Promise.all(
      lanes.map(async lane => {
        const results: CheckOutcome[] = [];
        for (const check of lane.filter(name => isChosen(name, options.checks))) {
          const found = await allChecks[check](projects, folder, options);
          for (const outcome of found) options.report?.(outcome);
          results.push(...found);
        }
        return results;
      }),
    );
    return outcomes.flat();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isChosen(name: string, only: readonly string[]): boolean {
  return only.length === 0 || only.includes(name);
}

async function writeProject(project: CaseProject, parent: string): Promise<WrittenProject> {
  const folder = join(parent, project.project);
  const texts = runCases(project).at(-1)?.applied.texts ?? project.texts ?? {};
  await writeFiles(folder, texts);
  const lowest = factsOf(texts).style.python;
  return { ...project, name: project.project, folder, supports: pythons.filter(each => each >= lowest) };
}

async function checkRuff(
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  const names = projects.map(each => each.name);
  return [
    await runTool(
      'ruff check',
      ['-m', 'ruff', 'check', '--no-cache', '--output-format', 'concise', ...names],
      folder,
      options,
    ),
    await runTool('ruff format', ['-m', 'ruff', 'format', '--no-cache', '--diff', ...names], folder, options),
  ];
}

async function checkMypy(
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  const list = projects.map(({ name, folder: path, supports }) => ({
    name,
    folder: path,
    versions: supports.map(dotted),
  }));
  return runScript('check_types.py', [join(folder, 'mypy-cache')], list, folder, options);
}

/** 310 to `3.10`. */
function dotted(version: number): string {
  return `3.${version - 300}`;
}

/** A project is an execution environment: its imports are found from its own folder. */
async function checkPyright(
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const version of pythons) {
    const supported = projects.filter(each => each.supports.includes(version));
    if (supported.length === 0) continue;
    const settings = {
      typeCheckingMode: 'strict',
      pythonVersion: dotted(version),
      include: supported.map(each => each.name),
      exclude: ['**/__pycache__'],
      executionEnvironments: supported.map(({ name, source }) => ({
        root: name,
        extraPaths: source === '.' ? [] : [join(name, source)],
      })),
    };
    const path = join(folder, `pyright-${version}.json`);
    await writeFile(path, JSON.stringify(settings));
    const args = [pyright, '--pythonpath', options.python, '-p', path];
    outcomes.push(
      await runTool(`pyright, Python ${dotted(version)}`, args, folder, options, process.execPath),
    );
  }
  return outcomes;
}

/** On PostgreSQL, with both series of SQLAlchemy. */
async function runSnippets(
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  const project = projects.find(each => each.name === 'snippets');
  const { postgresUrl } = options;
  if (project === undefined || postgresUrl === undefined) return [];
  const { snippets, texts } = runnableSnippets();
  // A copy: what a run leaves behind is nothing that types are checked in.
  const ran = join(folder, 'snippets-run');
  await cp(project.folder, ran, { recursive: true });
  await writeFiles(ran, texts);
  const work = { folder: ran, snippets };
  const outcomes: CheckOutcome[] = [];
  for (const variables of [{}, { PYTHONPATH: await olderLibrary(options) }]) {
    const env = { ...variables, DBPATTERNS_TEST_POSTGRES: postgresUrl };
    outcomes.push(...(await runScript('run_snippets.py', [], work, folder, options, env)));
  }
  return outcomes;
}

function runNewer(
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  return runProjects(projects, folder, options, {});
}

async function runOlder(
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  return runProjects(projects, folder, options, { PYTHONPATH: await olderLibrary(options) });
}

/** The folder that has the older SQLAlchemy in it. */
function olderLibrary({ python, signal }: ScaffoldCheckOptions): Promise<string> {
  const build = async (target: string): Promise<void> => {
    const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', target, olderSqlAlchemy];
    await runOrThrow(python, install, { signal });
  };
  return cached({ name: 'sqlalchemy', key: `${olderSqlAlchemy} ${python}`, build }, signal);
}

/** Code of 1.x, and what Convert to 2.0 Style makes of it: the same mappers, the same SQL, the same rows. */
async function checkConversion(
  _projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  const { postgresUrl } = options;
  if (postgresUrl === undefined) return [];
  const before = legacyTexts();
  const { texts } = applyScaffold(before, 'convert', { scope: 'workspace' });
  const sides = [join(folder, 'legacy', 'before'), join(folder, 'legacy', 'after')];
  await writeFiles(sides[0] ?? '', before);
  await writeFiles(sides[1] ?? '', texts);
  const outcomes: CheckOutcome[] = [];
  for (const variables of [{}, { PYTHONPATH: await olderLibrary(options) }]) {
    const env = { ...variables, DBPATTERNS_TEST_POSTGRES: postgresUrl };
    outcomes.push(...(await outcomesOf('converted.py', sides, folder, options, env)));
  }
  return outcomes;
}

async function runProjects(
  projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
  variables: NodeJS.ProcessEnv,
): Promise<readonly CheckOutcome[]> {
  const { postgresUrl } = options;
  if (postgresUrl === undefined) return [];
  const runnable = await projectsFor(projects, options);
  const list = runnable.map(({ cases: _cases, texts: _texts, ...project }) => ({
    ...project,
    dialects: project.dialects ?? ['sqlite', 'postgresql'],
    ...(project.script === undefined ? {} : { script: scriptPath(project.script) }),
  }));
  return runScript('run_projects.py', [], list, folder, options, {
    ...variables,
    DBPATTERNS_TEST_POSTGRES: postgresUrl,
  });
}

/** Those that are there to run, and whose syntax the Python that is given can read. */
async function projectsFor(
  projects: readonly WrittenProject[],
  { python, signal }: ScaffoldCheckOptions,
): Promise<readonly WrittenProject[]> {
  const probe = 'import sys; print(sys.version_info[0] * 100 + sys.version_info[1])';
  const { stdout } = await runOrThrow(python, ['-c', probe], { signal });
  return projects.filter(each => each.cases.length > 0 && (each.python ?? 310) <= Number(stdout));
}

/** Migrations that running code survives, on tables with rows. */
async function runRecipes(
  _projects: readonly WrittenProject[],
  folder: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  const { postgresUrl } = options;
  if (postgresUrl === undefined) return [];
  const list = await Promise.all(
    recipeCases.map(async (each, index) => {
      const home = join(folder, 'recipes', String(index));
      await writeFiles(home, (await writeRecipeCase(each)).texts);
      return { name: each.name, folder: home, holds: each.holds, meanwhile: each.meanwhile ?? null };
    }),
  );
  return runScript('recipes.py', [], list, folder, options, { DBPATTERNS_TEST_POSTGRES: postgresUrl });
}

/** Runs a script that takes a list of projects and prints its outcomes as JSON. */
async function runScript(
  script: string,
  parameters: readonly string[],
  list: unknown,
  folder: string,
  options: ScaffoldCheckOptions,
  variables: NodeJS.ProcessEnv = {},
): Promise<readonly CheckOutcome[]> {
  const path = join(folder, `${script}.json`);
  await writeFile(path, JSON.stringify(list));
  return outcomesOf(script, [...parameters, path], folder, options, variables);
}

async function outcomesOf(
  script: string,
  parameters: readonly string[],
  folder: string,
  options: ScaffoldCheckOptions,
  variables: NodeJS.ProcessEnv,
): Promise<readonly CheckOutcome[]> {
  const args = [join(checks, script), ...parameters];
  const env = { ...environment(options), PYTHONDONTWRITEBYTECODE: '1', ...variables };
  const { stdout, output } = await run(options.python, args, { cwd: folder, env, signal: options.signal });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('[')) return [{ name: script, state: 'failed', output: `# ${script}\n${output}` }];
  const outcomes: readonly CheckOutcome[] = JSON.parse(last);
  return outcomes.map(each => ({ ...each, output: `# ${each.name}\n${each.output}` }));
}

function environment({ python }: ScaffoldCheckOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [dirname(python), dirname(process.execPath), process.env.PATH].join(delimiter),
  };
}

async function runTool(
  name: string,
  args: readonly string[],
  folder: string,
  options: ScaffoldCheckOptions,
  program = options.python,
): Promise<CheckOutcome> {
  const settings = { cwd: folder, env: environment(options), signal: options.signal };
  const { code, output } = await run(program, args, settings);
  return { name, state: code === 0 ? 'passed' : 'failed', output: `# ${name}\n${output}` };
}

if (process.argv[1] === import.meta.filename) {
  const python = process.env.DBPATTERNS_TEST_PYTHON;
  if (python === undefined)
    throw new Error('Set DBPATTERNS_TEST_PYTHON to the Python that is to check the scaffolds.');
  await checkScaffolds({
    python,
    postgresUrl: process.env.DBPATTERNS_TEST_POSTGRES,
    signal: new AbortController().signal,
    projects: process.argv.slice(2).filter(name => !(name in allChecks)),
    checks: process.argv.slice(2).filter(name => name in allChecks),
    report: ({ name, state, output }) => {
      console.log(`${state.padEnd(8)}${name}`);
      if (state === 'failed') {
        console.log(output);
        process.exitCode = 1;
      }
    },
  });
}
