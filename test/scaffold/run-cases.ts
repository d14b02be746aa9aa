/** Applies the cases of a project one after the other, as a user would. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Applied, applyScaffold, type Texts } from './apply-scaffold.ts';
import type { CaseProject, ScaffoldCase } from './cases.ts';

export interface CaseRun {
  readonly scaffoldCase: ScaffoldCase;
  readonly applied: Applied;
}

export function projectTexts(project: string): Texts {
  const folder = join(import.meta.dirname, 'projects', project);
  const paths = globSync('**/*.{py,toml}', { cwd: folder }).sort();
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]));
}

export function runCases({ project, cases, texts: given }: CaseProject): readonly CaseRun[] {
  let texts = given ?? projectTexts(project);
  return cases.map(scaffoldCase => {
    const applied = applyScaffold(
      texts,
      scaffoldCase.kind,
      scaffoldCase.answers,
      scaffoldCase.active ?? null,
    );
    texts = applied.texts;
    return { scaffoldCase, applied };
  });
}
