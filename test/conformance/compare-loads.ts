/** What loading relationships sends besides sample statements, beside what SQLAlchemy sent when they ran. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectOf } from '../project.ts';
import { normalized } from './compare-statements.ts';

/** Further statements by the variable that holds the first one, in the order in which they were sent. */
export type SentLoads = Readonly<Record<string, readonly string[]>>;

export interface LoadsComparison {
  readonly name: string;
  /** Sorted: which relationship is loaded first means nothing. */
  readonly expected: readonly string[];
  /** With a reason in place of the SQL where it is not known. */
  readonly actual: readonly string[];
}

export function compareLoads(folder: string, sent: SentLoads): readonly LoadsComparison[] {
  const project = projectOf({ 'loads.py': readFileSync(join(folder, 'loads.py'), 'utf8') });
  const [file] = [...project.files.values()];
  if (file === undefined) throw new Error(`There is no loads.py in ${folder}.`);
  const facts = project.factsOf(file.path);
  return Object.entries(sent).map(([name, expected]) => {
    const place = file.module.body.find(
      each => each.kind === 'assignment' && each.targets.some(one => one.kind === 'name' && one.id === name),
    );
    const statement = facts.statements.find(
      ({ location: { range } }) =>
        place !== undefined && place.start <= range.start && range.end <= place.end,
    );
    const loads = statement === undefined ? [] : facts.separateLoadsOf(statement);
    const actual = loads.map(each =>
      each.statement === null
        ? `${each.path}: ${each.unknown?.detail}`
        : normalized(each.statement.sql.replaceAll(/\((\$\d+)::\w+\)/g, '($1)')),
    );
    return { name, expected: expected.map(normalized).toSorted(), actual: actual.toSorted() };
  });
}
