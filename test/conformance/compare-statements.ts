/** Sample statements as the reader renders them, beside what SQLAlchemy's compiler printed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../../src/sqlalchemy/project.ts';
import type { StatementFact } from '../../src/sqlalchemy/statement.ts';
import { projectOf } from '../project.ts';

/** SQL by module and by the variable that holds the statement. */
export type ExpectedSql = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Comparison {
  readonly module: string;
  readonly name: string;
  readonly expected: string;
  /** Null where the reader gave none. */
  readonly actual: string | null;
  /** Why it gave none. */
  readonly reason: string | null;
}

export function compareStatements(folder: string, expected: ExpectedSql): readonly Comparison[] {
  const paths = readdirSync(folder).filter(name => name.endsWith('.py'));
  const project = projectOf(
    Object.fromEntries(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')])),
  );
  return [...project.files.values()].flatMap(file => {
    const facts = factsByVariable(file, project.factsOf(file.path).statements);
    return Object.entries(expected[file.name] ?? {}).map(([name, sql]) => {
      const fact = facts.get(name);
      const form = fact?.forms.length === 1 && fact.unknown === null ? fact.forms[0] : undefined;
      const reason =
        fact === undefined
          ? 'no fact'
          : (fact.unknown?.detail ?? (form === undefined ? 'several forms' : null));
      return {
        module: file.name,
        name,
        expected: normalized(sql),
        actual: form === undefined ? null : normalized(form.sql),
        reason,
      };
    });
  });
}

/** Statements that a module's own assignments build. */
function factsByVariable(
  file: SourceFile,
  facts: readonly StatementFact[],
): ReadonlyMap<string, StatementFact> {
  const byVariable = new Map<string, StatementFact>();
  for (const statement of file.module.body) {
    const target = statement.kind === 'assignment' ? statement.targets[0] : undefined;
    if (target?.kind !== 'name') continue;
    const inside = facts.filter(
      ({ location: { range } }) => statement.start <= range.start && range.end <= statement.end,
    );
    const outermost = inside.toSorted((one, two) => width(two) - width(one))[0];
    if (outermost !== undefined) byVariable.set(target.id, outermost);
  }
  return byVariable;
}

function width({ location: { range } }: StatementFact): number {
  return range.end - range.start;
}

/** Parameters numbered in the order of the text and without the casts of the dialect, and space as single blanks. */
export function normalized(sql: string): string {
  const numbers = new Map<string, number>();
  const renumbered = sql.replaceAll(/(\$\d+)(?:::[A-Z][A-Z0-9]*\b)?/g, (_, parameter: string) => {
    const number = numbers.get(parameter) ?? numbers.size + 1;
    numbers.set(parameter, number);
    return `$${number}`;
  });
  return renumbered.replaceAll(/\s+/g, ' ').replaceAll('( ', '(').trim();
}
