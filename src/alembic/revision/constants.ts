/**
 * Values that a revision file gives to its names, as far as they can be told without running it: strings, None, and
 * sequences of them. Leaves out calls, loops and everything imported.
 */

import { firstPart } from '../../base/dotted-name.ts';
import type { TextRange } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { Expression, Module, Statement, StringLiteral } from '../../python/syntax.ts';

/** What the names of a file stand for. */
export interface Names {
  /** By name: an expression, or null where the value depends on how the program runs. */
  readonly bound: ReadonlyMap<string, Expression | null>;
  /** By name: the dotted name that is imported under it. */
  readonly imports: ReadonlyMap<string, string>;
  readonly importedText: ImportedText;
}

/** The string that another module gives to a dotted name such as `app.migrations.EXPAND`; null where it is unknown. */
export type ImportedText = (dottedName: string) => string | null;

export const noImportedText: ImportedText = () => null;

/** A string with the range of the literal or name that it was written as. */
export interface ConstantString extends TextRange {
  readonly value: string;
}

/** Names bound at module level, the last binding of each. A binding in a branch or loop makes the value unknown. */
export function moduleNames(module: Module, importedText: ImportedText = noImportedText): Names {
  const bound = new Map<string, Expression | null>();
  for (const statement of module.body) bindStatement(statement, bound);
  return { bound, imports: importsOf(module.body), importedText };
}

function importsOf(body: readonly Statement[]): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const statement of body) {
    if (statement.kind === 'import-from') {
      const from = '.'.repeat(statement.level) + (statement.module === '' ? '' : `${statement.module}.`);
      for (const { name, alias } of statement.names) imports.set(alias?.id ?? name, from + name);
    } else if (statement.kind === 'import') {
      for (const { name, alias } of statement.names)
        imports.set(alias?.id ?? firstPart(name), alias ? name : firstPart(name));
    } else if (statement.kind === 'try') {
      for (const [name, dotted] of importsOf(statement.body)) imports.set(name, dotted);
    }
  }
  return imports;
}

/** `sa.func.now` → `sqlalchemy.func.now`: what a chain of attributes names by the file's imports; null for anything else. */
export function dottedName(expression: Expression, names: Names): string | null {
  if (expression.kind === 'name') {
    return names.bound.get(expression.id) ? null : (names.imports.get(expression.id) ?? null);
  }
  if (expression.kind !== 'attribute') return null;
  const owner = dottedName(expression.value, names);
  return owner === null ? null : `${owner}.${expression.attribute.id}`;
}

function importedString(expression: Expression, names: Names): string | null {
  const name = dottedName(expression, names);
  return name === null ? null : names.importedText(name);
}

function bindStatement(statement: Statement, names: Map<string, Expression | null>): void {
  switch (statement.kind) {
    case 'assignment':
      if (statement.value) for (const target of statement.targets) bindTarget(target, statement.value, names);
      break;
    case 'augmented-assignment':
      forget(statement.target, names);
      break;
    case 'with':
      for (const inner of statement.body) bindStatement(inner, names);
      break;
    case 'if':
    case 'for':
    case 'while':
      forgetAll([...statement.body, ...statement.otherwise], names);
      break;
    case 'try':
      for (const inner of statement.body) bindStatement(inner, names);
      forgetAll(
        statement.handlers.flatMap(handler => handler.body),
        names,
      );
      break;
    case 'import-from':
      for (const { name, alias } of statement.names) names.delete(alias?.id ?? name);
      break;
    case 'function':
    case 'class':
      names.set(statement.name.id, null);
      break;
    default:
      break;
  }
}

export function bindTarget(
  target: Expression,
  value: Expression,
  names: Map<string, Expression | null>,
): void {
  if (target.kind === 'name') {
    // A name that is built from its own former value would refer to itself.
    names.set(target.id, value.kind === 'name' && value.id === target.id ? null : value);
    return;
  }
  if (target.kind !== 'tuple' && target.kind !== 'list') return;
  const values = value.kind === 'tuple' || value.kind === 'list' ? value.elements : [];
  const plain = values.length === target.elements.length && values.every(each => each.kind !== 'starred');
  target.elements.forEach((element, index) => {
    const each = plain ? values[index] : undefined;
    if (each) bindTarget(element, each, names);
    else forget(element, names);
  });
}

function forgetAll(body: readonly Statement[], names: Map<string, Expression | null>): void {
  const bound = new Map<string, Expression | null>();
  for (const statement of body) bindStatement(statement, bound);
  for (const name of bound.keys()) names.set(name, null);
}

function forget(target: Expression, names: Map<string, Expression | null>): void {
  if (target.kind === 'name') names.set(target.id, null);
  if (target.kind === 'starred') forget(target.value, names);
  if (target.kind === 'tuple' || target.kind === 'list')
    for (const element of target.elements) forget(element, names);
}

const deepest = 20;

/** The string that an expression surely is; null otherwise. */
export function constantString(expression: Expression, names: Names, depth = 0): string | null {
  if (depth > deepest) return null;
  switch (expression.kind) {
    case 'string':
      return expression.bytes ? null : (expression.value ?? interpolated(expression, names, depth));
    case 'name': {
      const value = names.bound.get(expression.id);
      return value ? constantString(value, names, depth + 1) : importedString(expression, names);
    }
    case 'attribute':
      return importedString(expression, names);
    case 'binary': {
      if (expression.operator !== '+') return null;
      const left = constantString(expression.left, names, depth + 1);
      const right = left === null ? null : constantString(expression.right, names, depth + 1);
      return left === null || right === null ? null : left + right;
    }
    case 'call':
      return textCall(expression.function) && expression.arguments.length === 1 && expression.arguments[0]
        ? constantString(expression.arguments[0].value, names, depth + 1)
        : null;
    default:
      return null;
  }
}

/** `str(…)` and the name markers `op.f(…)`, `quoted_name(…)` keep a string's value. */
function textCall(callee: Expression): boolean {
  const name = lastName(callee) ?? '';
  return ['str', 'f', 'conv', 'quoted_name', 'dedent'].includes(name);
}

function interpolated(literal: StringLiteral, names: Names, depth: number): string | null {
  let text = '';
  for (const segment of literal.pieces.flatMap(piece => piece.segments)) {
    const value: string | null =
      segment.kind === 'text' ? segment.value : constantString(segment.expression, names, depth + 1);
    if (value === null) return null;
    text += value;
  }
  return text;
}

/** None and the empty string give an empty list, as `alembic.util.to_tuple` has it; null where a part is unknown. */
export function constantStrings(
  expression: Expression,
  names: Names,
  depth = 0,
): readonly ConstantString[] | null {
  if (depth > deepest) return null;
  if (expression.kind === 'constant') return expression.value === 'None' ? [] : null;
  if (expression.kind === 'tuple' || expression.kind === 'list' || expression.kind === 'set') {
    return joined(expression.elements.map(each => elementStrings(each, names, depth)));
  }
  if (expression.kind === 'binary' && expression.operator === '+') {
    const text = constantString(expression, names);
    if (text !== null) return [{ value: text, start: expression.start, end: expression.end }];
    return joined([expression.left, expression.right].map(each => constantStrings(each, names, depth + 1)));
  }
  if (expression.kind === 'call' && isSequenceCall(expression.function)) {
    const first = expression.arguments[0];
    return first ? constantStrings(first.value, names, depth + 1) : [];
  }
  const value = expression.kind === 'name' ? names.bound.get(expression.id) : null;
  if (value && expression.kind === 'name') {
    return (
      constantStrings(value, names, depth + 1)?.map(each => ({
        ...each,
        start: expression.start,
        end: expression.end,
      })) ?? null
    );
  }
  const text = constantString(expression, names);
  return text === null ? null : [{ value: text, start: expression.start, end: expression.end }];
}

function elementStrings(element: Expression, names: Names, depth: number): readonly ConstantString[] | null {
  if (element.kind === 'starred') return constantStrings(element.value, names, depth + 1);
  const text = constantString(element, names);
  return text === null ? null : [{ value: text, start: element.start, end: element.end }];
}

function isSequenceCall(callee: Expression): boolean {
  return callee.kind === 'name' && ['tuple', 'list', 'set', 'frozenset'].includes(callee.id);
}

function joined(parts: readonly (readonly ConstantString[] | null)[]): readonly ConstantString[] | null {
  return parts.every(part => part !== null) ? parts.flat() : null;
}
