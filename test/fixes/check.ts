/**
 * The fixes of migration rules, run: the revision of a specification and the same after its fix are upgraded by Alembic on
 * PostgreSQL, over tables with rows, and must leave the same schema. Where a fix is meant to leave another one, or the
 * revision cannot run without it, `exceptions` says why.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exampleMigrations, placeExample } from '../../src/rules/examples/example-migrations.ts';
import { exampleModels } from '../../src/rules/examples/example-project.ts';
import { rules } from '../../src/rules/registry.ts';
import { databaseOn } from '../postgres.ts';
import { readSpecification } from '../specification.ts';
import { exceptions, setups } from './exceptions.ts';

export interface FixOptions {
  readonly python: string;
  /** A superuser's address; the check makes a database of its own there. */
  readonly postgresUrl: string;
}

export interface FixOutcome {
  readonly name: string;
  readonly failures: readonly string[];
}

interface FixCase {
  /** `rule: heading (number)`. */
  readonly name: string;
  readonly text: string;
  readonly fixed: string;
  /** SQL that runs before the revision. */
  readonly setup: string;
}

type Answer = { readonly facts: readonly string[] } | { readonly error: string };

const revisionPath = 'migrations/versions/b2_example.py';
const specifications = join(import.meta.dirname, '..', 'rules');

export async function checkFixes(options: FixOptions): Promise<readonly FixOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dbpatterns-fixes-'));
  try {
    await using database = await databaseOn(options.postgresUrl);
    const url = database.url.replace('postgresql://', 'postgresql+psycopg://');
    writeProject(folder, url);
    const cases = revisionCases();
    const answers = ask(options.python, { folder, url, cases });
    return cases.map((each, index) => judge(each, answers[2 * index], answers[2 * index + 1]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Specifications of migration rules whose code is a revision and has a fix. */
function revisionCases(): readonly FixCase[] {
  return rules
    .filter(({ category }) => category === 'migration')
    .flatMap(({ id }) => {
      const path = join(specifications, `${id}.md`);
      if (!existsSync(path)) return [];
      return readSpecification(id, readFileSync(path, 'utf8')).cases.flatMap(({ title, code, fixed }) => {
        const placed = placeExample(code);
        if (fixed === null || placed.path !== revisionPath) return [];
        const texts = { text: placed.text, fixed: placeExample(fixed).text };
        return [{ name: `${id}: ${title}`, ...texts, setup: setups[id] ?? '' }];
      });
    });
}

function writeProject(folder: string, url: string): void {
  const files = { 'app/__init__.py': '', 'app/models.py': exampleModels, ...exampleMigrations };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text.replace('postgresql://localhost/app', url.replaceAll('%', '%%')));
  }
}

function ask(
  python: string,
  given: { readonly folder: string; readonly url: string; readonly cases: readonly FixCase[] },
): readonly Answer[] {
  const { folder, url, cases } = given;
  const input = {
    url,
    folder,
    prepare: readFileSync(join(import.meta.dirname, 'prepare.sql'), 'utf8'),
    file: join(folder, revisionPath),
    cases: cases.flatMap(({ text, fixed, setup }) => [
      { text, setup },
      { text: fixed, setup },
    ]),
  };
  const script = join(import.meta.dirname, 'run_upgrades.py');
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${python} failed: ${stderr}`);
  return JSON.parse(stdout) as Answer[];
}

function judge({ name }: FixCase, before: Answer | undefined, after: Answer | undefined): FixOutcome {
  const failures = before && after ? failuresOf(before, after) : ['no answer'];
  const expected = exceptions[name];
  if (expected === undefined) return { name, failures };
  return failures.length === 0
    ? { name, failures: [`exceptions.ts explains what is no exception: ${expected}`] }
    : { name, failures: [] };
}

function failuresOf(before: Answer, after: Answer): readonly string[] {
  if ('error' in after) return [`the fixed revision fails: ${after.error}`];
  if ('error' in before) return [`only the fixed revision runs: ${before.error}`];
  return [
    ...before.facts.filter(fact => !after.facts.includes(fact)).map(fact => `without the fix alone: ${fact}`),
    ...after.facts.filter(fact => !before.facts.includes(fact)).map(fact => `with the fix alone: ${fact}`),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const { DBPATTERNS_TEST_PYTHON: python, DBPATTERNS_TEST_POSTGRES: postgresUrl } = process.env;
  if (python === undefined || postgresUrl === undefined)
    throw new Error(
      'Set DBPATTERNS_TEST_PYTHON to a Python with Alembic, and DBPATTERNS_TEST_POSTGRES to a server’s address.',
    );
  for (const { name, failures } of await checkFixes({ python, postgresUrl })) {
    console.log(`${failures.length === 0 ? 'passed' : 'FAILED'} ${name}`);
    for (const failure of failures) console.log(`  ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  }
}
