/** Adds repositories to a unit of work that is there, after those that it has. */
import type { TextEdit } from '../../base/edit.ts';
import type { ConcurrentThing } from '../named-thing.ts';
import type { KnownFile, ProjectFacts, RepositoryFact } from '../project-facts.ts';
import { addImports, insertAt, lineEnd } from '../python-code/add-imports.ts';
import { importOwn } from '../python-code/import-own.ts';
import type { ClassDefinition, Statement } from '../python-syntax.ts';
import { failed, type Rendering } from '../scaffold.ts';
import { repositoryAttribute } from './render-unit-of-work.ts';

export function extendUnitOfWork(
  facts: ProjectFacts,
  unit: ConcurrentThing,
  repositories: readonly RepositoryFact[],
): Rendering {
  const file = facts.fileAt(unit.path);
  const node = file?.syntax?.body.find(
    (each): each is ClassDefinition => each.kind === 'class' && each.name.id === unit.name,
  );
  if (!file || !node)
    return failed(`The class ${unit.name} was not found in ${unit.path}. Save the file and try again.`);
  const body = file.text.slice(node.start, node.end);
  const missing = repositories.filter(each => !new RegExp(`\\b${each.name}\\b`).test(body));
  if (missing.length === 0) return failed(`${unit.name} in ${unit.module} has these repositories already.`);
  const places = placesIn(file, node);
  if (places === null) {
    return failed(
      `${unit.name} in ${unit.module} does not make its repositories when it is entered, so that they cannot be added here. Add them by hand.`,
    );
  }
  const edits: readonly TextEdit[] = [
    ...addImports(
      file,
      missing.map(each => importOwn(facts, each, file)),
      facts,
    ),
    insertAt(
      places.declaration,
      places.first + missing.map(each => `    ${repositoryAttribute(each)}: ${each.name}`).join('\n'),
    ),
    insertAt(
      places.assignment,
      missing
        .map(each => `\n        self.${repositoryAttribute(each)} = ${each.name}(${places.session})`)
        .join(''),
    ),
  ];
  return { files: [{ kind: 'edit', path: unit.path, edits }], open: unit.path, problems: [] };
}

interface Places {
  readonly declaration: number;
  /** What stands before a declaration. */
  readonly first: string;
  readonly assignment: number;
  /** What a repository is given. */
  readonly session: string;
}

const enters = /^__a?enter__$/;

function placesIn(file: KnownFile, node: ClassDefinition): Places | null {
  const enter = node.body.find(each => each.kind === 'function' && enters.test(each.name.id));
  if (enter?.kind !== 'function') return null;
  const text = (statement: Statement): string => file.text.slice(statement.start, statement.end);
  const made = enter.body.filter(each => /^self\.\w+ = \w*(Repository|Repo)\(/.test(text(each))).at(-1);
  const opened = enter.body.filter(each => /^(self\.)?_?session\b.* = /.test(text(each))).at(-1);
  const session = made
    ? /\((.*)\)$/.exec(text(made))?.[1]
    : opened && /^((?:self\.)?_?session)\b/.exec(text(opened))?.[1];
  const after = made ?? opened;
  if (!after || session === undefined) return null;
  const declared = node.body.filter(each => each.kind === 'assignment' && each.value === null).at(-1);
  const start = declared ?? node.body[0];
  if (!start) return null;
  return {
    declaration: lineEnd(file.text, start.end),
    first: declared ? '\n' : '\n\n',
    assignment: lineEnd(file.text, after.end),
    session,
  };
}
