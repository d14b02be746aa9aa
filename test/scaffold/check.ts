/**
 * Everything that is scaffolded, checked by Python: ruff, mypy --strict, pyright strict, and a
 * run on SQLite and PostgreSQL. `check.ts` by itself uses DBPATTERNS_TEST_PYTHON and DBPATTERNS_TEST_POSTGRES.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { run } from '../../src/tools/command.ts';
import { type CaseProject, caseProjects } from './cases.ts';
import { expandSnippet, readSnippets } from './expand-snippet.ts';
import { runCases } from './run-cases.ts';

const pyright = join(import.meta.dirname, '..', '..', 'node_modules', 'pyright', 'index.js');

export interface ScaffoldCheckOptions {
  /** A Python with SQLAlchemy, Alembic, psycopg, asyncpg, ruff and mypy. */
  readonly python: string;
  /** A superuser's address; without it nothing is run, only read. */
  readonly postgresUrl: string | undefined;
  readonly signal: AbortSignal;
}

export interface CheckOutcome {
  /** `folder: mypy`. */
  readonly name: string;
  readonly state: 'passed' | 'failed';
  readonly output: string;
}

interface PythonCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** Below the project's folder. */
  readonly folder: string;
  /** What runs it; the Python that is given where absent. */
  readonly program?: string;
}

export async function checkScaffolds(options: ScaffoldCheckOptions): Promise<readonly CheckOutcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'database-patterns-scaffold-'));
  try {
    const outcomes: CheckOutcome[] = [];
    for (const project of caseProjects) outcomes.push(...(await checkProject(project, folder, options)));
    outcomes.push(await compileSnippets(folder, options));
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkProject(
  project: CaseProject,
  parent: string,
  options: ScaffoldCheckOptions,
): Promise<readonly CheckOutcome[]> {
  const folder = join(parent, project.project);
  const texts = runCases(project).at(-1)?.applied.texts ?? {};
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const outcomes: CheckOutcome[] = [];
  for (const command of commandsFor(project, parent, options)) {
    outcomes.push(await runCommand(project, command, folder, options));
  }
  return outcomes;
}

/** Each as a module of its own; `await` at its top level is what a function around it would allow. */
async function compileSnippets(
  parent: string,
  { python, signal }: ScaffoldCheckOptions,
): Promise<CheckOutcome> {
  const file = join(parent, 'snippets.json');
  const texts = readSnippets().flatMap(snippet => [
    expandSnippet(snippet, 'first').text,
    expandSnippet(snippet, 'last').text,
  ]);
  await writeFile(file, JSON.stringify(texts));
  const script = `import ast, json, sys
for text in json.load(open(sys.argv[1], encoding="utf-8")):
    compile(text, text, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)`;
  const { code, output } = await run(python, ['-c', script, file], { signal });
  return { name: 'snippets: compile', state: code === 0 ? 'passed' : 'failed', output };
}

function commandsFor(
  project: CaseProject,
  parent: string,
  { python, postgresUrl }: ScaffoldCheckOptions,
): readonly PythonCommand[] {
  const script = join(import.meta.dirname, 'check_project.py');
  const old = project.python === undefined ? [] : ['--no-repositories'];
  const used: PythonCommand = {
    name: 'run',
    args: [script, ...old, project.base, ...project.models],
    folder: project.source,
  };
  return [
    { name: 'ruff check', args: ['-m', 'ruff', 'check', '--no-cache', '.'], folder: '.' },
    { name: 'ruff format', args: ['-m', 'ruff', 'format', '--no-cache', '--diff', '.'], folder: '.' },
    { name: 'mypy', args: ['-m', 'mypy', '--cache-dir', join(parent, 'mypy'), '.'], folder: '.' },
    { name: 'pyright', args: [pyright, '--pythonpath', python, '.'], folder: '.', program: process.execPath },
    ...(postgresUrl === undefined ? [] : [used]),
  ];
}

async function runCommand(
  { project }: CaseProject,
  { name, args, folder, program }: PythonCommand,
  projectFolder: string,
  { python, postgresUrl, signal }: ScaffoldCheckOptions,
): Promise<CheckOutcome> {
  const title = `${project}: ${name}`;
  const PATH = [dirname(python), dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, DBPATTERNS_TEST_POSTGRES: postgresUrl };
  const cwd = join(projectFolder, folder);
  const { code, output } = await run(program ?? python, args, { cwd, env, signal });
  return { name: title, state: code === 0 ? 'passed' : 'failed', output: `# ${title}\n${output}` };
}

if (process.argv[1] === import.meta.filename) {
  const python = process.env.DBPATTERNS_TEST_PYTHON;
  if (python === undefined)
    throw new Error('Set DBPATTERNS_TEST_PYTHON to the Python that is to check the scaffolds.');
  const postgresUrl = process.env.DBPATTERNS_TEST_POSTGRES;
  for (const { name, state, output } of await checkScaffolds({
    python,
    postgresUrl,
    signal: new AbortController().signal,
  })) {
    console.log(`${state.padEnd(8)}${name}`);
    if (state === 'failed') {
      console.log(output);
      process.exitCode = 1;
    }
  }
}
