/** Applies the cases of a project one after the other, as a user would. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSqlParser } from '../../src/sql/parser.ts';
import { schemaOfScript } from '../../src/workspace/migrations/schema-of-script.ts';
import { type Applied, applyScaffold, applySchema, type Texts } from './apply-scaffold.ts';
import type { CaseProject, ScaffoldCase } from './cases.ts';

const parser = await loadSqlParser();

export interface CaseRun {
  readonly scaffoldCase: ScaffoldCase;
  /** All files before it. */
  readonly before: Texts;
  readonly applied: Applied;
}

export function projectTexts(project: string): Texts {
  return textsIn(join(import.meta.dirname, 'projects', project));
}

/** A program as it was written for SQLAlchemy 1.x. */
export function legacyTexts(): Texts {
  return textsIn(join(import.meta.dirname, 'legacy'));
}

function textsIn(folder: string): Texts {
  const paths = globSync('**/*.{py,toml}', { cwd: folder }).sort();
  return Object.fromEntries(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]));
}

export function runCases({ project, cases, texts: given }: CaseProject): readonly CaseRun[] {
  let texts = given ?? projectTexts(project);
  return cases.map(scaffoldCase => {
    const before = texts;
    const applied = applyCase(before, scaffoldCase);
    texts = applied.texts;
    return { scaffoldCase, before, applied };
  });
}

function applyCase(texts: Texts, { kind, answers, active, script }: ScaffoldCase): Applied {
  if (kind !== 'models-from-database') return applyScaffold(texts, kind, answers, active ?? null);
  const { schema } = schemaOfScript(readFileSync(scriptPath(script ?? ''), 'utf8'), parser);
  return applySchema(texts, schema, answers);
}

export function scriptPath(name: string): string {
  return join(import.meta.dirname, 'databases', name);
}
