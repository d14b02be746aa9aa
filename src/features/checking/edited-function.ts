/** The one function that an edit is in, where nothing outside of it can have been read otherwise. */
import type { TextRange } from '../../base/range.ts';
import type { FunctionDefinition, Module, Statement } from '../../python/syntax.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import { changeBetween, type TextChange } from './carry-findings.ts';

export interface EditedFunction {
  /** In the new text: a function of the module, or a method. */
  readonly node: FunctionDefinition;
  /** The same function in the text before. */
  readonly before: TextRange;
  readonly change: TextChange;
}

export function editedFunction(before: SourceFile, after: SourceFile): EditedFunction | null {
  const change = changeBetween(before.text, after.text);
  const { range, shift } = change;
  const node = outermostAround(after.module, { start: range.start, end: range.end + shift });
  if (node === null) return null;
  const old = outermostAround(before.module, range);
  const isSame = old?.start === node.start && old.end === node.end - shift && old.name.id === node.name.id;
  if (!isSame || !isWithin(node, after.module.errors)) return null;
  return { node, before: { start: old.start, end: old.end }, change };
}

/** Whether all that could not be read lies in the function. */
function isWithin(node: TextRange, errors: readonly TextRange[]): boolean {
  return errors.every(({ start, end }) => start > node.start && end < node.end);
}

/** The function whose body holds the whole change; classes, and blocks of the module, are looked into. */
function outermostAround(module: Module, change: TextRange): FunctionDefinition | null {
  let body: readonly Statement[] = module.body;
  for (;;) {
    const around = body.find(({ start, end }) => start < change.start && change.end < end);
    if (around === undefined) return null;
    if (around.kind === 'function') return (around.body[0]?.start ?? 0) < change.start ? around : null;
    if (around.kind !== 'class') return null;
    body = around.body;
  }
}
