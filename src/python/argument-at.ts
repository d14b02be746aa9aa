/** The argument of a call that an offset is in, through lists and tuples of values. */
import type { Argument, Call, Expression, SyntaxNode } from './syntax.ts';

export interface ArgumentPlace {
  readonly call: Call;
  readonly argument: Argument;
  /** Of a positional argument; null for a keyword. */
  readonly position: number | null;
}

/** `path` from the outside to the expression that is asked about, as `findNodePath` gives it. Null outside of a call. */
export function argumentAround(path: readonly SyntaxNode[]): ArgumentPlace | null {
  let inner: SyntaxNode | undefined;
  for (const node of path.toReversed()) {
    if (node.kind === 'call') return inner === undefined ? null : placeOf(node, inner);
    const isPassedThrough =
      inner === undefined || node.kind === 'list' || node.kind === 'tuple' || node.kind === 'dict';
    if (!isPassedThrough) return null;
    inner = node;
  }
  return null;
}

function placeOf(call: Call, inner: SyntaxNode): ArgumentPlace | null {
  const argument = call.arguments.find(({ value }) => value === inner);
  if (argument === undefined) return null;
  const position = positionalsOf(call).indexOf(argument);
  return { call, argument, position: position < 0 ? null : position };
}

/** Those that are given by position, as far as they are written out. */
export function positionalsOf(call: Call): readonly Argument[] {
  return call.arguments.filter(argument => argument.keyword === null && !argument.unpacked);
}

/** The argument of a call or a class that is given by the keyword. */
export function keywordOf(given: Pick<Call, 'arguments'>, keyword: string): Argument | undefined {
  return given.arguments.find(argument => argument.keyword?.id === keyword);
}

/** The value of a parameter by its position or name; undefined where none is given. */
export function argumentNamed(call: Call, position: number, name: string): Expression | undefined {
  return (keywordOf(call, name) ?? positionalsOf(call)[position])?.value;
}

/** The constant value of a string; null for every other expression. */
export function stringValue(expression: Expression | undefined): string | null {
  return expression?.kind === 'string' && !expression.bytes ? expression.value : null;
}
