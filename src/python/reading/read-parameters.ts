/** Parameters of functions and lambdas, and the type parameters of PEP 695. */
import { exactList } from '../../base/exact-list.ts';
import { readIdentifier } from '../scopes/identifiers.ts';
import type { Expression, Parameter, TypeParameter } from '../syntax.ts';
import type { FlatTree, NodeIndex } from '../trees/flat-tree.ts';
import {
  childOfKind,
  endOf,
  isNode,
  kindOf,
  NONE,
  operandsOf,
  partsOf,
  startOf,
} from '../trees/flat-tree.ts';
import type { Reading } from './reading.ts';

/** Reads `parameters` or `lambda_parameters`. */
export function readParameters(reading: Reading, node: NodeIndex): Parameter[] {
  const { tree } = reading;
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const child of operandsOf(tree, node)) {
    const kind = kindOf(tree, child);
    if (kind === 'positional_separator') {
      for (const [i, parameter] of parameters.entries())
        parameters[i] = { ...parameter, kind: 'positional-only' };
    } else if (kind === 'keyword_separator') keywordOnly = true;
    else {
      const parameter = readParameter(reading, child, keywordOnly);
      if (parameter !== null) parameters.push(parameter);
      if (parameter?.kind === 'var-positional') keywordOnly = true;
    }
  }
  return exactList(parameters);
}

function readParameter(reading: Reading, node: NodeIndex, keywordOnly: boolean): Parameter | null {
  const { tree } = reading;
  const parts = isLeafParameter(tree, node) ? [node] : partsOf(tree, node);
  const [declared = NONE] = parts;
  const name = kindOf(tree, declared) === 'identifier' ? declared : childOfKind(tree, declared, 'identifier');
  // Python 2 allowed a tuple here.
  if (name === NONE) return null;
  return {
    kind: parameterKind(kindOf(tree, declared), keywordOnly),
    start: startOf(tree, node),
    end: endOf(tree, node),
    name: readIdentifier(tree, name),
    annotation: readAfter(reading, parts, ':'),
    default: readAfter(reading, parts, '='),
  };
}

function isLeafParameter(tree: FlatTree, node: NodeIndex): boolean {
  return ['identifier', 'list_splat_pattern', 'dictionary_splat_pattern'].includes(kindOf(tree, node));
}

function parameterKind(declared: string, keywordOnly: boolean): Parameter['kind'] {
  if (declared === 'list_splat_pattern') return 'var-positional';
  if (declared === 'dictionary_splat_pattern') return 'var-keyword';
  return keywordOnly ? 'keyword-only' : 'positional-or-keyword';
}

function readAfter(reading: Reading, parts: readonly NodeIndex[], token: string): Expression | null {
  const at = parts.findIndex(part => kindOf(reading.tree, part) === token);
  const value = at < 0 ? undefined : parts[at + 1];
  return value === undefined ? null : reading.readExpression(reading, value);
}

/** Reads a `type_parameter`, the brackets after the name of a class, function or alias; NONE gives none. */
export function readTypeParameters(reading: Reading, node: NodeIndex): TypeParameter[] {
  if (node === NONE) return [];
  const { tree } = reading;
  const parameters: TypeParameter[] = [];
  for (const type of operandsOf(tree, node)) {
    const [declared = NONE] = operandsOf(tree, type);
    const parameter = readTypeParameter(reading, declared);
    if (parameter !== null) parameters.push(parameter);
  }
  return parameters;
}

function readTypeParameter(reading: Reading, node: NodeIndex): TypeParameter | null {
  const { tree } = reading;
  const kind = kindOf(tree, node);
  const [first = NONE, bound] = kind === 'constrained_type' ? operandsOf(tree, node) : [node];
  const inner = isNode(tree, first, 'type') ? (operandsOf(tree, first)[0] ?? NONE) : first;
  const name = kindOf(tree, inner) === 'identifier' ? inner : childOfKind(tree, inner, 'identifier');
  if (name === NONE) return null;
  return {
    kind: typeParameterKind(tree, inner),
    start: startOf(tree, node),
    end: endOf(tree, node),
    name: readIdentifier(tree, name),
    bound: bound === undefined ? null : reading.readExpression(reading, bound),
  };
}

function typeParameterKind(tree: FlatTree, node: NodeIndex): TypeParameter['kind'] {
  if (kindOf(tree, node) === 'identifier') return 'type-variable';
  return childOfKind(tree, node, '**') === NONE ? 'variadic' : 'parameter-specification';
}
