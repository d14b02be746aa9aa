/** Makes the application serve a new router: its import, and `app.include_router(…)` after those that are there. */

import { joined } from '../model/edit-target.ts';
import type { PlacedThing, ProjectFacts } from '../project-facts.ts';
import { addImports, insertAt, lineEnd } from '../python-code/add-imports.ts';
import { fromImport } from '../python-code/import-need.ts';
import { assignedName, lastName, type Statement } from '../python-syntax.ts';
import type { ScaffoldFile } from '../scaffold.ts';

export interface RouterPlace {
  readonly module: string;
  readonly name: string;
  /** The name in the application's module, which may import several. */
  readonly alias: string;
}

/** Why the application cannot be edited; null where it can. */
export function mountProblem({ fileAt }: ProjectFacts, app: PlacedThing): string | null {
  return fileAt(app.path)?.syntax ? null : `${app.path} could not be read. Save the file and try again.`;
}

export function includeRouter(
  facts: ProjectFacts,
  app: PlacedThing,
  router: RouterPlace,
): readonly ScaffoldFile[] {
  const file = facts.fileAt(app.path);
  const body = file?.syntax?.body ?? [];
  const made = body.find(each => assignedName(each) === app.name);
  const place = body.filter(each => isInclude(each, app.name)).at(-1) ?? made;
  if (!file || !place) return [];
  const need = fromImport(router.module, `${router.name} as ${router.alias}`);
  const edits = [
    ...addImports(file, [need], facts),
    insertAt(lineEnd(file.text, place.end), `\n${app.name}.include_router(${router.alias})`),
  ];
  return [{ kind: 'edit', path: file.path, edits: joined(edits) }];
}

function isInclude(statement: Statement, app: string): boolean {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return false;
  const { function: called } = statement.expression;
  return (
    called.kind === 'attribute' && called.attribute.id === 'include_router' && lastName(called.value) === app
  );
}
