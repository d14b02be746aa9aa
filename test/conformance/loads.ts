/**
 * Holds what the reader says of further statements for relationships against what SQLAlchemy sends when the samples run.
 * Usage: `loads.ts PYTHON [--store]`, with an interpreter that has SQLAlchemy; `--store` keeps it for the unit tests.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compareLoads, type SentLoads } from './compare-loads.ts';

const folder = join(import.meta.dirname, 'samples', 'loads');
const [python, option] = process.argv.slice(2);
if (python === undefined) throw new Error('Name a Python interpreter that has SQLAlchemy.');
const oracle = join(import.meta.dirname, 'loads_oracle.py');
const printed = execFileSync(python, ['-B', oracle, folder, 'loads'], { encoding: 'utf8' });
if (option === '--store') writeFileSync(join(folder, 'expected.json'), printed);

const compared = compareLoads(folder, JSON.parse(printed) as SentLoads);
const different = compared.filter(each => !isDeepStrictEqual(each.actual, each.expected));
for (const { name, expected, actual } of different)
  console.log(
    `${name}\n  SQLAlchemy: ${expected.join('\n              ')}\n  rendered:   ${actual.join('\n              ')}`,
  );
console.log(`${compared.length} statements, ${compared.length - different.length} equal`);
if (different.length > 0) process.exitCode = 1;
