/**
 * Holds the reader's SQL for the sample statements against SQLAlchemy itself, and stores what SQLAlchemy printed for
 * the unit tests. Usage: `statements.ts PYTHON [--store]`, with an interpreter that has SQLAlchemy and SQLModel.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareStatements, type ExpectedSql } from './compare-statements.ts';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, 'samples', 'statements');
const modules = [
  'selects',
  'functions',
  'joins',
  'changes',
  'queries',
  'loading',
  'corners',
  'derived',
  'hybrids',
  'inheritance',
  'single_table',
  'eager',
  'custom_joins',
  'scope',
  'written_only',
  'criteria',
  'properties',
  'polymorphic',
  'dynamic',
  'operations',
  'aggregates',
  'rows',
  'writes',
  'relations',
  'sqlmodels',
  'mappings',
  'stars',
];

const [python, option] = process.argv.slice(2);
if (python === undefined) throw new Error('Name a Python interpreter that has SQLAlchemy and SQLModel.');
const printed = execFileSync(python, [join(here, 'statements_oracle.py'), folder, ...modules], {
  encoding: 'utf8',
});
if (option === '--store') writeFileSync(join(folder, 'expected.json'), printed);

const compared = compareStatements(folder, JSON.parse(printed) as ExpectedSql);
const rendered = compared.filter(each => each.actual !== null);
const equal = compared.filter(each => each.actual === each.expected);
for (const each of compared.filter(one => one.actual !== one.expected)) {
  console.log(
    `${each.module}.${each.name}\n  SQLAlchemy: ${each.expected}\n  rendered:   ${each.actual ?? each.reason}`,
  );
}
console.log(`${compared.length} statements, ${rendered.length} rendered, ${equal.length} equal`);
