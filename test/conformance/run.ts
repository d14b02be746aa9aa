/**
 * `npm run conformance [-- FOLDER]`: renders the statements of SQLAlchemy's own documentation and test suite, holds them
 * against what SQLAlchemy prints for PostgreSQL, and writes the figures to `RESULTS.md`. FOLDER is an unpacked source
 * distribution of SQLAlchemy; without one, that of the version in the sample shop's environment is downloaded by pip.
 * `--show different|unrendered` prints the cases that are not equal.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSqlParser } from '../../src/sql/parser.ts';
import { runOrThrow } from '../../src/tools/command.ts';
import { shopEnvironment } from '../../src/tools/shop.ts';
import { temporaryFolder } from '../../src/tools/temporary-folder.ts';
import { compareMaterial, type MaterialCase, type Recording } from './own-material.ts';
import { percent, table, writeSection } from './results.ts';
import { sourceDistribution } from './source-distribution.ts';

/** Test modules whose cases are over tables that stand in them. */
const suiteFiles = [
  'test/sql/test_select.py',
  'test/sql/test_cte.py',
  'test/sql/test_insert.py',
  'test/sql/test_update.py',
  'test/sql/test_delete.py',
  'test/sql/test_functions.py',
  'test/sql/test_operators.py',
  'test/sql/test_compiler.py',
  'test/sql/test_text.py',
  'test/sql/test_values.py',
  'test/sql/test_lateral.py',
  'test/sql/test_selectable.py',
  'test/dialect/postgresql/test_compiler.py',
  'test/orm/test_core_compilation.py',
];

/** Those of the ORM, legacy Query for the most part: measured apart. */
const ormFiles = [
  'test/orm/test_query.py',
  'test/orm/test_joins.py',
  'test/orm/test_froms.py',
  'test/orm/test_relationship_criteria.py',
  'test/orm/test_of_type.py',
  'test/orm/test_eager_relations.py',
];

const { values, positionals } = parseArgs({
  options: { show: { type: 'string' } },
  allowPositionals: true,
});
const { python } = await shopEnvironment();
const version = await printed(['-c', 'import sqlalchemy; print(sqlalchemy.__version__)']);
const source =
  positionals[0] ?? (await sourceDistribution('sqlalchemy', version, { DISABLE_SQLALCHEMY_CEXT: '1' }));
const parser = await loadSqlParser();
await using scratch = await temporaryFolder('conformance');
const oracle = join(import.meta.dirname, 'own_material_oracle.py');

const documents = await casesOf('docs');
const suite = await casesOf('suite', suiteFiles);
const orm = await casesOf('orm', ormFiles);
writeSection({
  name: 'statements',
  title: 'Statements of SQLAlchemy’s own documentation and test suite',
  versions: [
    `judged by SQLAlchemy ${version}`,
    `material of ${versionOf(source)}`,
    `Node.js ${process.versions.node}`,
  ],
  body: [
    'Equal means the same fingerprint (libpg_query) as the PostgreSQL dialect’s own output.',
    '',
    table(
      ['material', 'cases', 'rendered', 'equal of those rendered', 'different', 'unknown'],
      [
        row('documentation', documents.cases),
        row('test suite', suite.cases),
        row('test suite of the ORM', orm.cases),
      ],
    ),
    '',
    `Every \`assert_compile\` call that runs in ${suiteFiles.length} files of the test suite and ${ormFiles.length} of its ORM part, listed in`,
    '`test/conformance/run.ts`. Tables, classes and mappings that fixtures give stand written out for the reader; an',
    'expression that is no statement stands in the list of a SELECT. What becomes of the calls:',
    '',
    table(
      ['test suite', 'ORM', 'calls'],
      [
        callsOf('statements', 'statements'),
        callsOf('expressions', 'expressions'),
        callsOf('left out: one place that runs with several values (parametrized tests)', 'values'),
        callsOf(
          'left out: fixtures and parameters without a plain declaration (functions, dialect options)',
          'given',
        ),
        callsOf(
          'left out: SQLAlchemy’s internals (private names, copying and pickling of statements)',
          'internal',
        ),
        callsOf(
          'left out: DDL, types, FROM elements alone, statements built in helpers',
          'other',
          'statement',
        ),
        callsOf('left out: refused by the PostgreSQL dialect', 'refused'),
      ],
    ),
    '',
    'Two calls of one statement are one case. SQL of other databases, which PostgreSQL’s own parser refuses, is no case.',
  ].join('\n'),
});

interface Material {
  readonly cases: readonly MaterialCase[];
  readonly calls: Recording['calls'];
}

async function casesOf(kind: 'docs' | 'suite' | 'orm', files: readonly string[] = []): Promise<Material> {
  const folder = join(scratch.path, kind);
  mkdirSync(folder);
  const out = join(scratch.path, `${kind}.json`);
  await runOrThrow(python, [oracle, kind === 'docs' ? 'docs' : 'suite', source, out, folder, ...files]);
  const recording = JSON.parse(readFileSync(out, 'utf8')) as Recording;
  const cases = compareMaterial(folder, recording.cases, parser);
  for (const each of cases.filter(one => one.outcome === values.show)) {
    console.log(
      `${each.file}:${each.line}\n  SQLAlchemy: ${each.expected}\n  rendered:   ${each.actual ?? each.reason}`,
    );
  }
  console.log(`${kind}: ${row(kind, cases).slice(1).join(', ')}`);
  return { cases, calls: recording.calls };
}

/** How many `assert_compile` calls of both suites became one of these. */
function callsOf(what: string, ...kinds: readonly string[]): readonly (string | number)[] {
  const count = ({ calls }: Material) => kinds.reduce((sum, kind) => sum + (calls[kind] ?? 0), 0);
  return [count(suite), count(orm), what];
}

function row(name: string, cases: readonly MaterialCase[]): readonly (string | number)[] {
  const count = (outcome: MaterialCase['outcome']) => cases.filter(each => each.outcome === outcome).length;
  const rendered = cases.length - count('unrendered');
  return [
    name,
    cases.length,
    percent(rendered, cases.length),
    percent(count('equal'), rendered),
    count('different'),
    count('unrendered'),
  ];
}

function versionOf(folder: string): string {
  const text = readFileSync(join(folder, 'lib', 'sqlalchemy', '__init__.py'), 'utf8');
  return /^__version__ = "(.+)"$/m.exec(text)?.[1] ?? 'an unknown version';
}

async function printed(args: readonly string[]): Promise<string> {
  return (await runOrThrow(python, args)).stdout.trim();
}
