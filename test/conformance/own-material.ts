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

/** What the oracle wrote. */
export interface Recording {
  readonly cases: readonly RecordedStatement[];
  /** `assert_compile` calls that ran, by what became of them: `counted`, `given`, `values`, `refused`, … */
  readonly calls: Readonly<Record<string, number>>;
}

/** A statement of the material, by the expression that built it. */
export interface RecordedStatement {
  readonly file: string;
  /** In the material as it was published, from 1. */
  readonly line: number;
  /** In the module as the reader sees it, in UTF-8 bytes. */
  readonly start: number;
  readonly end: number;
  /** What SQLAlchemy printed: several texts where the expression ran with different values. */
  readonly sql: readonly string[];
  /** Why the PostgreSQL dialect refuses it; null where it does not. */
  readonly error: string | null;
  /** Why it is no case: what it is made of comes from elsewhere, or it works on SQLAlchemy's internals. */
  readonly left_out: 'given' | 'internal' | null;
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

/**
 * Left out: what depends on the values it is run with, on fixtures without a plain declaration, on SQLAlchemy's
 * internals, and what the dialect or PostgreSQL's parser refuses.
 */
export function compareMaterial(
  folder: string,
  recorded: readonly RecordedStatement[],
  parser: SqlParser,
): readonly MaterialCase[] {
  const project = projectOf(Object.fromEntries(pythonFiles(folder)));
  const cases: MaterialCase[] = [];
  for (const each of recorded) {
    const [expected, ...others] = each.sql;
    if (expected === undefined || others.length > 0 || each.error !== null) continue;
    if (each.left_out !== null || parser.fingerprint(expected) === null) continue;
    cases.push({ file: each.file, line: each.line, ...compareOne(project, each, expected, parser) });
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

/** UTF-16 units for UTF-8 bytes. */
function offsetOf(text: string, bytes: number): number {
  return Buffer.from(text).subarray(0, bytes).toString('utf8').length;
}

/** What PostgreSQL cannot parse is compared as text. */
function isSame(actual: string, expected: string, parser: SqlParser): boolean {
  if (normalized(actual) === normalized(expected)) return true;
  const [one, two] = [parser.fingerprint(actual), parser.fingerprint(expected)];
  return one !== null && one === two;
}
