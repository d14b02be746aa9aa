/** The other side of a relationship, written into the class that a new model points to. */

import type { TextEdit } from '../../base/edit.ts';
import { docstringOf } from '../../python/docstring.ts';
import type { KnownFile, ProjectFacts } from '../project-facts.ts';
import { addImports, addTypeImports, attributeEnd, insertAt, lineEnd } from '../python-code/add-imports.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { type ClassDefinition, lastName, type Statement } from '../python-syntax.ts';
import type { ModelPlan, ReferenceColumn } from './model-plan.ts';
import { modelFile } from './read-plan.ts';
import { otherSide } from './render-relationship.ts';

export interface TargetEdits {
  readonly path: string;
  readonly edits: readonly TextEdit[];
  /** Imports that the edited file needs; left to the caller where it changes the same file in other ways. */
  readonly imports: readonly ImportNeed[];
}

/** One entry a file; columns whose target's class cannot be found become problems. */
export function editTargets(
  facts: ProjectFacts,
  plan: ModelPlan,
): { readonly targets: readonly TargetEdits[]; readonly problems: readonly string[] } {
  const columns = plan.columns
    .filter(column => column.kind === 'reference')
    .filter(column => column.target && column.relationship);
  const paths = [...new Set(columns.map(column => column.target?.path ?? ''))];
  const problems: string[] = [];
  const targets = paths.map(path => {
    const own = columns.filter(column => column.target?.path === path);
    const file = facts.fileAt(path);
    const names = [...new Set(own.map(column => column.target?.name ?? ''))];
    const edits = names.flatMap(name => {
      const edit =
        file &&
        editClass(
          file,
          name,
          own.filter(column => column.target?.name === name),
          plan,
          facts,
        );
      if (!edit)
        problems.push(
          `The class ${name} was not found in ${path}. Save the file and try again, or answer No to the relationship.`,
        );
      return edit ? [edit] : [];
    });
    return {
      path,
      edits,
      imports: own.flatMap(column => otherSide(column, plan, facts).imports),
    };
  });
  return { targets, problems };
}

function editClass(
  file: KnownFile,
  name: string,
  columns: readonly ReferenceColumn[],
  plan: ModelPlan,
  facts: ProjectFacts,
): TextEdit | null {
  const node = file.syntax?.body.find(
    (each): each is ClassDefinition => each.kind === 'class' && each.name.id === name,
  );
  if (!node) return null;
  const text = columns.map(column => otherSide(column, plan, facts).lines.join('\n')).join('\n');
  const relationship = node.body.filter(isRelationship).at(-1);
  if (relationship) return insertAt(lineEnd(file.text, attributeEnd(node.body, relationship)), `\n${text}`);
  const attribute =
    node.body.filter(each => each.kind === 'assignment').at(-1) ?? documentation(node) ?? node.body.at(-1);
  const end = attribute ? attributeEnd(node.body, attribute) : node.end;
  return insertAt(lineEnd(file.text, end), `\n\n${text}`);
}

export function documentation(node: ClassDefinition): Statement | undefined {
  return docstringOf(node.body) === null ? undefined : node.body[0];
}

export function isRelationship(statement: Statement): boolean {
  return (
    statement.kind === 'assignment' &&
    statement.value?.kind === 'call' &&
    /^[rR]elationship$/.test(lastName(statement.value.function) ?? '')
  );
}

/** All edits of a target's file, where nothing else changes there. */
export function withImports(
  facts: ProjectFacts,
  { path, edits, imports }: TargetEdits,
  plan: ModelPlan,
): readonly TextEdit[] {
  const file = facts.fileAt(path);
  if (!file) return [];
  const own = modelFile(plan);
  const model = importOwn(facts, { name: plan.name, module: own.module }, file);
  const typeImports = [model];
  const needs = needsGuard(file) ? [...imports, fromImport('typing', 'TYPE_CHECKING')] : imports;
  return joined([...edits, ...addImports(file, needs, facts), ...addTypeImports(file, typeImports, facts)]);
}

/** True where `if TYPE_CHECKING:` is not there yet. */
export function needsGuard({ syntax }: KnownFile): boolean {
  return !(syntax?.body ?? []).some(each => each.kind === 'if' && lastName(each.test) === 'TYPE_CHECKING');
}

/** Insertions at one place become one, in the order given. */
export function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const same = result.findIndex(
      ({ range }) => range.start === edit.range.start && range.end === edit.range.end,
    );
    const before = result[same];
    if (before) result[same] = { range: before.range, newText: before.newText + edit.newText };
    else result.push(edit);
  }
  return result;
}
