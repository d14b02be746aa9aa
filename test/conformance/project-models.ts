/**
 * `npm run conformance:models -- FOLDER…`: reads the models of real projects as the product does, holds them against what
 * SQLAlchemy's own mappers say after the projects were imported, and writes the figures to `RESULTS.md`. `FOLDER=PYTHON`
 * imports with that interpreter, which may have the project's requirements; without one, that of the sample shop does, and
 * every import that is missing is a stub, and every setting that an error misses is given. Stubs are also those modules of the
 * project that map nothing and fail, as where its copy lacks a file. What a project's settings check is the caller's to give,
 * as variables of the environment. Modules that cannot be imported even so do not count. `--show` prints what differs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createModuleTable } from '../../src/python/modules/modules.ts';
import { loadSqlParser } from '../../src/sql/parser.ts';
import { readModels } from '../../src/sqlalchemy/models/read-models.ts';
import { externalModules } from '../../src/workspace/files/project-reader.ts';
import { type Comparison, compareModels, type Figure, type OracleAnswer } from './compare-models.ts';
import { givenProjects, openProject } from './given-projects.ts';
import { asImported, declaringModules, rootOf } from './project-modules.ts';
import { percent, table, writeSection } from './results.ts';

const { values, positionals } = parseArgs({
  options: { show: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const sql = await loadSqlParser();

interface Judged {
  readonly name: string;
  readonly sqlAlchemy: string;
  readonly comparison: Comparison;
  readonly asked: number;
  readonly failed: number;
}

const judged: Judged[] = [];
for await (const { root, python } of givenProjects(positionals)) {
  const one = await judge(root, python);
  judged.push(one);
  const { columns, relationships } = one.comparison.figures;
  console.log(
    `${one.name}: ${columns.equal} of ${columns.total} columns, ${relationships.equal} of ${relationships.total} relationships`,
  );
  // After each: what was judged is kept where a later project takes too long.
  write();
}

function write(): void {
  const all = (pick: (one: Judged) => Figure): Figure =>
    judged.map(pick).reduce((sum, each) => ({
      equal: sum.equal + each.equal,
      unknown: sum.unknown + each.unknown,
      total: sum.total + each.total,
    }));
  const figureCells = ({ equal, total }: Figure) => [total, percent(equal, total)];
  const columnCells = (figure: Figure) => [
    ...figureCells(figure),
    percent(figure.unknown, figure.total),
    percent(figure.total - figure.equal - figure.unknown, figure.total),
  ];
  writeSection({
    name: 'models',
    title: 'Models of real projects',
    versions: [`Node.js ${process.versions.node}`],
    body: [
      'Judged by SQLAlchemy’s mappers after importing the project, missing imports stubbed. A column is equal where its',
      'attribute, name, PostgreSQL type, nullability, key, unique, index, foreign key and the presence of defaults are; a',
      'relationship where its target, direction, collection, other side, loading, association table and view-only flag are.',
      'Unknown are columns that the reading itself calls so: a type that is made of what only the running program knows, such',
      'as a length out of its configuration, with all else equal, and what a class that is marked as incomplete does not list.',
      'A column of a primary key counts as NOT NULL, as PostgreSQL has it, also where its mapper says `nullable=True`.',
      '',
      table(
        [
          'project',
          'SQLAlchemy',
          'modules',
          'not imported',
          'classes',
          'equal',
          'columns',
          'equal',
          'unknown',
          'wrong',
          'relationships',
          'equal',
          'differences',
        ],
        [
          ...judged.map(({ name, sqlAlchemy, asked, failed, comparison: { figures, reasons } }) => [
            name,
            sqlAlchemy,
            asked,
            failed,
            ...figureCells(figures.models),
            ...columnCells(figures.columns),
            ...figureCells(figures.relationships),
            reasonsOf(reasons),
          ]),
          [
            'all',
            '',
            judged.reduce((sum, { asked }) => sum + asked, 0),
            judged.reduce((sum, { failed }) => sum + failed, 0),
            ...figureCells(all(one => one.comparison.figures.models)),
            ...columnCells(all(one => one.comparison.figures.columns)),
            ...figureCells(all(one => one.comparison.figures.relationships)),
            '',
          ],
        ],
      ),
    ].join('\n'),
  });
}

async function judge(root: string, python: string): Promise<Judged> {
  const project = await openProject(root, sql);
  const files = [...project.files.values()];
  const { models, joinOf } = readModels(files, createModuleTable(files, { external: externalModules }), {
    packages: { of: path => project.packagesOf(path) },
  });
  const named = asImported(files);
  const modules = declaringModules(named, models, root);
  const roots = [...new Set(modules.map(rootOf))];
  const oracle = join(import.meta.dirname, 'models_oracle.py');
  // What the project writes while it is imported goes into a folder of its own.
  const scratch = mkdtempSync(join(tmpdir(), 'conformance-models-'));
  let answer: OracleAnswer;
  try {
    const text = execFileSync(
      resolve(python),
      [oracle, roots.join(':'), ...modules.map(({ name }) => name)],
      {
        cwd: scratch,
        encoding: 'utf8',
        maxBuffer: 1 << 29,
        stdio: ['ignore', 'pipe', values.show ? 'inherit' : 'ignore'],
        timeout: 600_000,
      },
    );
    answer = JSON.parse(text) as OracleAnswer;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const names = new Set(named.map(({ name }) => name));
  const own = answer.mappers.filter(mapper => names.has(mapper.module));
  const comparison = compareModels([...models.values()], joinOf, { ...answer, mappers: own });
  if (values.show) for (const line of [...answer.problems, ...comparison.differences]) console.log(line);
  const name = basename(root);
  return {
    name,
    sqlAlchemy: answer.version,
    comparison,
    asked: modules.length,
    failed: answer.problems.filter(problem => !problem.startsWith('configure')).length,
  };
}

function reasonsOf(reasons: ReadonlyMap<string, number>): string {
  const sorted = [...reasons].sort(([, one], [, two]) => two - one).slice(0, 5);
  return sorted.map(([reason, count]) => `${reason} ${count}`).join(', ');
}
