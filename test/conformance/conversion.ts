/**
 * `npm run conformance:convert -- FOLDER…`: converts copies of real projects to the style of 2.0 from the command line, and
 * holds what they were against what they became: whether each file compiles, what SQLAlchemy's mappers and tables are after
 * importing the project, and the SQL that arrives at the session where a converted place can be evaluated on its own; where
 * it cannot, the SQL that the product reads from it. `FOLDER=PYTHON` imports with that interpreter, which may have the
 * project's requirements; without one, that of the sample shop does, and every import that is missing is a stub. `--show`
 * prints what differs, `--keep FOLDER` leaves the converted copies there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSqlParser } from '../../src/sql/parser.ts';
import { type ConversionComparison, compareConversion, type ProjectMeaning } from './compare-conversion.ts';
import { askConversionOracle, givenProjects, openProject } from './given-projects.ts';
import { asImported, declaringModules } from './project-modules.ts';
import { percent, table, writeSection } from './results.ts';

const { values, positionals } = parseArgs({
  options: { show: { type: 'boolean', default: false }, keep: { type: 'string' } },
  allowPositionals: true,
});
const sql = await loadSqlParser();
const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

interface Judged {
  readonly name: string;
  readonly sqlAlchemy: string;
  readonly files: number;
  readonly converted: Readonly<
    Record<'columns' | 'relationships' | 'backrefs' | 'bases' | 'queries', number>
  >;
  readonly left: number;
  readonly changesAgain: boolean;
  readonly comparison: ConversionComparison;
}

const judged: Judged[] = [];
for await (const { root, python } of givenProjects(positionals)) {
  const one = await judge(root, python);
  judged.push(one);
  const { models, attributes, places } = one.comparison;
  console.log(
    `${one.name}: ${one.files} files, ${models.equal} of ${models.total} models, ${attributes.equal} of ${attributes.total} attributes, ${places.equal} of ${places.total} places equal, ${places.unjudged} not judged`,
  );
  // After each: what was judged is kept where a later project takes too long.
  write();
}

async function judge(root: string, python: string): Promise<Judged> {
  const scratch = mkdtempSync(join(tmpdir(), 'conversion-'));
  const copy = join(values.keep === undefined ? scratch : resolve(values.keep), basename(root));
  try {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    cpSync(root, copy, {
      recursive: true,
      filter: path => !/\/(?:\.git|\.venv|node_modules|__pycache__)$/.test(path),
    });
    const answers = join(scratch, 'answers.json');
    writeFileSync(answers, JSON.stringify({ scope: 'workspace' }));
    const convert = () =>
      spawnSync(process.execPath, [cli, 'scaffold', 'convert', '--answers', answers], {
        cwd: copy,
        encoding: 'utf8',
        maxBuffer: 1 << 29,
      });
    const first = convert();
    if (first.status !== 0) throw new Error(`${copy}: ${first.stderr}`);
    const changed = first.stdout.split('\n').flatMap(line => /^Wrote (.+)$/.exec(line)?.[1] ?? []);
    const second = convert();
    const [before, after] = await meanings(root, copy, { changed, python, scratch });
    const comparison = compareConversion(before, after, sql);
    if (values.show) for (const line of comparison.differences) console.log(line);
    const [summary = '', ...left] = first.stderr.trim().split('\n');
    return {
      name: basename(root),
      sqlAlchemy: after.version,
      files: changed.length,
      converted: countsIn(summary),
      left: left.length,
      changesAgain: second.status === 0,
      comparison,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What the project is before and after, by the same modules. */
async function meanings(
  root: string,
  copy: string,
  { changed, python, scratch }: { changed: readonly string[]; python: string; scratch: string },
): Promise<readonly [ProjectMeaning, ProjectMeaning]> {
  const project = await openProject(root, sql);
  const named = asImported([...project.files.values()]);
  const modules = declaringModules(named, project.models, root);
  const files = named.filter(({ path }) => changed.includes(relative(root, path)));
  const errors = values.show ? 'inherit' : 'ignore';
  const asked = (folder: string) =>
    askConversionOracle({ python, root, folder, modules, files, scratch, errors }) as ProjectMeaning;
  const read = (at: string): ProjectMeaning => ({ ...asked(at), read: statementsOf(at, changed) });
  return [read(root), read(copy)];
}

/** The SQL of each statement by file and line, as `dbpatterns statements` prints it. */
function statementsOf(folder: string, changed: readonly string[]): ProjectMeaning['read'] {
  const answer = execFileSync(process.execPath, [cli, 'statements', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 29,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { statements } = JSON.parse(answer) as { statements: ProjectMeaning['read'] };
  return statements.filter(({ file }) => changed.includes(file));
}

function countsIn(summary: string): Judged['converted'] {
  const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  return {
    columns: count('column'),
    relationships: count('relationship'),
    backrefs: count('backref'),
    bases: count('base class'),
    queries: count('quer'),
  };
}

function write(): void {
  const cells = ({ equal, total }: { equal: number; total: number }) => [total, percent(equal, total)];
  writeSection({
    name: 'conversion',
    title: 'Real projects converted to the style of 2.0',
    versions: [`Node.js ${process.versions.node}`],
    body: [
      'The whole workspace, converted from the command line, beside what it was. Models are equal where SQLAlchemy’s mappers and',
      'tables are, imports that are missing stubbed: names, types, order, nullability, defaults, keys, indexes, and of relationships also',
      'join, cascade, loading and other side. Of the places where a session runs something, those that the conversion changed are judged:',
      'both were evaluated with SQLAlchemy and gave the same SQL; else what the product reads from both is the same. Left are places that',
      'stay, each with a reason.',
      '',
      table(
        [
          'project',
          'SQLAlchemy',
          'files',
          'broken',
          'columns',
          'relationships',
          'backrefs',
          'bases',
          'queries',
          'left',
          'models',
          'equal',
          'attributes',
          'equal',
          'places',
          'equal',
          'by SQLAlchemy',
          'not judged',
          'changed by a second run',
        ],
        judged.map(({ name, sqlAlchemy, files, converted, left, changesAgain, comparison }) => [
          name,
          sqlAlchemy,
          files,
          comparison.broken,
          converted.columns,
          converted.relationships,
          converted.backrefs,
          converted.bases,
          converted.queries,
          left,
          ...cells(comparison.models),
          ...cells(comparison.attributes),
          ...cells(comparison.places),
          comparison.places.bySqlAlchemy,
          comparison.places.unjudged,
          changesAgain ? 'yes' : 'no',
        ]),
      ),
    ].join('\n'),
  });
}
