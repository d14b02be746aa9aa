/** A project made of texts, a scaffold's answers, and the texts afterwards: what every scaffold test goes through. */
import { applyEdits } from '../../src/base/edit.ts';
import { learnProject } from '../../src/scaffold/learn/learn-project.ts';
import { modelsFromDatabase } from '../../src/scaffold/models-from-database/models-from-database.ts';
import type { ProjectFacts } from '../../src/scaffold/project-facts.ts';
import type { Answers, Rendering, ScaffoldKind } from '../../src/scaffold/scaffold.ts';
import { scaffolds } from '../../src/scaffold/scaffolds.ts';
import type { DatabaseSchema } from '../../src/schema/schema.ts';
import { projectOf } from '../project.ts';

export type Texts = Readonly<Record<string, string>>;

const root = '/project';

/** Paths such as `app/models.py`. Python files alone are parsed; others are only there. */
export function factsOf(texts: Texts): ProjectFacts {
  const python = Object.entries(texts).filter(([path]) => path.endsWith('.py'));
  return learnProject({
    project: projectOf(Object.fromEntries(python)),
    roots: [root],
    paths: python.map(([path]) => `${root}/${path}`),
    textOf: path => texts[path.slice(root.length + 1)],
  });
}

export interface Applied {
  /** The files that were made or changed, with their whole new text. */
  readonly changed: Texts;
  /** All files. */
  readonly texts: Texts;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

export function applyScaffold(
  texts: Texts,
  kind: ScaffoldKind,
  answers: Answers,
  active: string | null = null,
): Applied {
  const path = active === null ? null : `${root}/${active}`;
  return applied(texts, scaffolds[kind].render(factsOf(texts), answers, path));
}

/** Models from the schema of a database. */
export function applySchema(texts: Texts, schema: DatabaseSchema, answers: Answers): Applied {
  return applied(texts, modelsFromDatabase(schema).render(factsOf(texts), answers, null));
}

function applied(texts: Texts, rendering: Rendering): Applied {
  const changed: Record<string, string> = {};
  for (const file of rendering.files) {
    const path = file.path.slice(root.length + 1);
    if (file.kind === 'create' && texts[path] !== undefined) throw new Error(`${path} would be overwritten`);
    changed[path] = file.kind === 'create' ? file.text : applyEdits(texts[path] ?? '', file.edits);
  }
  return {
    changed,
    texts: { ...texts, ...changed },
    problems: rendering.problems,
    notes: rendering.notes ?? [],
  };
}
