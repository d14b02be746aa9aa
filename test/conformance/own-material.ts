/**
 * Holds the reader's SQL against SQLAlchemy's own material: the `assert_compile` cases of its test suite and the examples
 * of its documentation, as `own_material_oracle.py` recorded them. Compared by libpg_query's fingerprint.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SqlParser } from '../../src/sql/parser.ts';
import type { SqlAlchemyProject } from '../../src/sqlalchemy/project.ts';
import type { StatementFact } from '../../src/sqlalchemy/statement.ts';
import { projectOf } from '../project.ts';
import { normalized } from './compare-statements.ts';

/** A statement of the material, by the expression that built it: lines from 1, columns in UTF-8 bytes. */
export interface RecordedStatement {
  readonly file: string;
  readonly start: readonly [line: number, column: number];
  readonly end: readonly [line: number, column: number];
  /** What SQLAlchemy printed: several texts where the expression ran with different values. */
  readonly sql: readonly string[];
  /** Why the PostgreSQL dialect refuses it; null where it does not. */
  readonly error: string | null;
  /** Whether its tables come from fixtures or parameters, which no reader of the file can know. */
  readonly given: boolean;
}

export type Outcome = 'equal' | 'different' | 'unrendered';

export interface MaterialCase {
  readonly file: string;
  readonly line: number;
  readonly outcome: Outcome;
  readonly expected: string;
  readonly actual: string | null;
  readonly reason: string | null;
}

/** Left out: what depends on the values it is run with, on fixtures, or what the dialect refuses. */
export function compareMaterial(
  folder: string,
  recorded: readonly RecordedStatement[],
  parser: SqlParser,
): readonly MaterialCase[] {
  const project = projectOf(Object.fromEntries(pythonFiles(folder)));
  const cases: MaterialCase[] = [];
  for (const each of recorded) {
    const [expected, ...others] = each.sql;
    if (expected === undefined || others.length > 0 || each.error !== null || each.given) continue;
    cases.push({ file: each.file, line: each.start[0], ...compareOne(project, each, expected, parser) });
  }
  return cases;
}

function pythonFiles(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry => {
    if (!entry.isFile() || !entry.name.endsWith('.py')) return [];
    const path = join(entry.parentPath, entry.name);
    return [[relative(folder, path), readFileSync(path, 'utf8')] as const];
  });
}

function compareOne(
  project: SqlAlchemyProject,
  recorded: RecordedStatement,
  expected: string,
  parser: SqlParser,
): Pick<MaterialCase, 'outcome' | 'expected' | 'actual' | 'reason'> {
  const path = `/project/${recorded.file}`;
  const text = project.files.get(path)?.text ?? '';
  const fact = factAt(project.factsOf(path).statements, {
    start: offsetOf(text, recorded.start),
    end: offsetOf(text, recorded.end),
  });
  if (fact === undefined)
    return { outcome: 'unrendered', expected, actual: null, reason: 'no statement here' };
  const [form] = fact.forms;
  if (form === undefined || fact.forms.length > 1 || fact.unknown !== null) {
    const reason = fact.unknown?.detail ?? `${fact.forms.length} forms`;
    return { outcome: 'unrendered', expected, actual: null, reason };
  }
  const outcome = isSame(form.sql, expected, parser) ? 'equal' : 'different';
  return { outcome, expected, actual: form.sql, reason: null };
}

function factAt(
  facts: readonly StatementFact[],
  place: { readonly start: number; readonly end: number },
): StatementFact | undefined {
  return facts.find(({ location: { range } }) => range.start === place.start && range.end === place.end);
}

function offsetOf(text: string, [line, column]: readonly [number, number]): number {
  let offset = 0;
  for (let at = 1; at < line; at += 1) offset = text.indexOf('\n', offset) + 1;
  const rest = Buffer.from(text.slice(offset, offset + column));
  return offset + rest.subarray(0, column).toString('utf8').length;
}

/** What PostgreSQL cannot parse is compared as text. */
function isSame(actual: string, expected: string, parser: SqlParser): boolean {
  if (normalized(actual) === normalized(expected)) return true;
  const [one, two] = [parser.fingerprint(actual), parser.fingerprint(expected)];
  return one !== null && one === two;
}
