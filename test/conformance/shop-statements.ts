/**
 * Holds the reader's SQL for the sample shop's repositories against what SQLAlchemy makes of them when they run.
 * Usage: `shop-statements.ts PYTHON`, with an interpreter that has the shop's requirements.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { walkStatements } from '../../src/python/walk.ts';
import type { SourceFile } from '../../src/sqlalchemy/project.ts';
import { readProject } from '../../src/sqlalchemy/read-project.ts';
import type { StatementFact } from '../../src/sqlalchemy/statement.ts';
import { normalized } from './compare-statements.ts';
import { readPythonFolder } from './read-folder.ts';

interface Noted {
  readonly file: string;
  readonly function: string;
  readonly sql: string;
}

const shop = join(import.meta.dirname, '..', 'workspaces', 'shop');
const python = process.argv[2];
if (python === undefined) throw new Error('Name a Python interpreter that has the requirements of the shop.');
const noted = JSON.parse(
  execFileSync(python, ['-B', join(import.meta.dirname, 'shop_statements_oracle.py'), shop], {
    encoding: 'utf8',
  }),
) as readonly Noted[];

const { files, table } = await readPythonFolder(shop);
const project = readProject(files, table);
const byFunction = new Map<string, Noted[]>();
for (const each of noted) {
  const key = `${each.file}:${each.function}`;
  byFunction.set(key, [...(byFunction.get(key) ?? []), each]);
}
const figures = { functions: byFunction.size, unknown: 0, statements: 0, equal: 0, neverSent: 0 };

for (const [key, sent] of byFunction) {
  const [path = '', name = ''] = key.split(':');
  const file = project.files.get(path);
  const facts = file === undefined ? [] : factsIn(file, name, project.factsOf(path).statements);
  const unknown = facts.find(each => each.unknown !== null)?.unknown;
  if (unknown) {
    figures.unknown += 1;
    console.log(`${key}\n  unknown: ${unknown.detail}`);
    continue;
  }
  const rendered = new Set(facts.flatMap(each => each.forms.map(form => normalized(form.sql))));
  const expected = new Set(sent.map(each => normalized(each.sql)));
  const missing = [...expected].filter(each => !rendered.has(each));
  const extra = [...rendered].filter(each => !expected.has(each));
  figures.statements += expected.size;
  figures.equal += expected.size - missing.length;
  figures.neverSent += extra.length;
  for (const sql of missing) console.log(`${key}\n  SQLAlchemy: ${sql}`);
  for (const sql of extra) console.log(`${key}\n  rendered only: ${sql}`);
}
console.log(
  `${figures.functions} functions, ${figures.unknown} of them not known; the others sent ${figures.statements} ` +
    `statements, ${figures.equal} rendered alike, and ${figures.neverSent} rendered that were never sent`,
);
if (figures.equal < figures.statements || figures.neverSent > 0) process.exitCode = 1;

/** The facts inside the functions and methods of that name. */
function factsIn(file: SourceFile, name: string, facts: readonly StatementFact[]): readonly StatementFact[] {
  const found: StatementFact[] = [];
  walkStatements(file.module, node => {
    if (node.kind !== 'function' || node.name.id !== name) return;
    for (const fact of facts) {
      const { start, end } = fact.location.range;
      if (node.start <= start && end <= node.end) found.push(fact);
    }
  });
  return found;
}
