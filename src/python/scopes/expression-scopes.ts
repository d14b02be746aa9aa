/** Names and scopes inside expressions, and the headers of definitions, which are expressions too. */

import type {
  ClassDefinition,
  Comprehension,
  Expression,
  FunctionDefinition,
  Lambda,
  Parameter,
  SyntaxNode,
  TypeAlias,
  TypeParameter,
} from '../syntax.ts';
import { children } from '../walk.ts';
import { bind, type GrowingScope, openScope } from './growing-scope.ts';
import { boundTargets } from './targets.ts';

/** Finds what opens scopes or binds names inside an expression, in a loop: chains may be thousands long. */
export function readExpressionScopes(scope: GrowingScope, expression: Expression): void {
  const stack: SyntaxNode[] = [expression];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    // Of most expressions these are what is left, and nothing is below them.
    if (node.kind === 'name' || node.kind === 'constant' || node.kind === 'number') continue;
    if (node.kind === 'attribute') stack.push(node.value);
    else if (node.kind === 'lambda') readLambda(scope, node);
    else if (node.kind === 'comprehension') readComprehension(scope, node);
    else {
      if (node.kind === 'named') {
        const { target } = node;
        bind(hostOf(scope), { kind: 'named', name: target.id, range: target, branch: 'conditional', node });
      }
      const below = children(node);
      for (let i = below.length - 1; i >= 0; i--) stack.push(below[i] as SyntaxNode);
    }
  }
}

/** `:=` in a comprehension binds around it. */
function hostOf(scope: GrowingScope): GrowingScope {
  let host = scope;
  while (host.kind === 'comprehension' && host.parent !== null) host = host.parent;
  return host;
}

function readLambda(scope: GrowingScope, node: Lambda): void {
  readParameterScopes(scope, node.parameters);
  const { body } = node;
  const inner = openScope(scope, { kind: 'lambda', node, range: { start: body.start, end: node.end } });
  bindParameters(inner, node);
  readExpressionScopes(inner, body);
}

function readComprehension(scope: GrowingScope, node: Comprehension): void {
  const [first, ...others] = node.clauses;
  const inner = openScope(scope, {
    kind: 'comprehension',
    node,
    range: { start: node.start, end: node.end },
    ...(first === undefined ? {} : { hole: { start: first.iterable.start, end: first.iterable.end } }),
  });
  for (const clause of node.clauses) {
    for (const { name } of boundTargets(clause.target, null)) {
      bind(inner, { kind: 'comprehension', name: name.id, range: name, branch: 'plain', node: clause });
    }
  }
  if (first !== undefined) readExpressionScopes(scope, first.iterable);
  for (const part of [node.element, ...(node.value === null ? [] : [node.value])])
    readExpressionScopes(inner, part);
  for (const clause of node.clauses)
    for (const condition of clause.conditions) readExpressionScopes(inner, condition);
  for (const clause of others) readExpressionScopes(inner, clause.iterable);
}

/** The scope that PEP 695 puts around a generic definition; the given one where it is not generic. */
export function openTypeParameters(
  scope: GrowingScope,
  node: ClassDefinition | FunctionDefinition | TypeAlias,
): GrowingScope {
  if (node.typeParameters.length === 0) return scope;
  const range = { start: node.name.end, end: node.end };
  const inner = openScope(scope, { kind: 'type-parameters', node, range });
  for (const parameter of node.typeParameters) bindTypeParameter(inner, parameter);
  return inner;
}

function bindTypeParameter(scope: GrowingScope, node: TypeParameter): void {
  bind(scope, { kind: 'type-parameter', name: node.name.id, range: node.name, branch: 'plain', node });
  if (node.bound !== null) readExpressionScopes(scope, node.bound);
}

export function readParameterScopes(scope: GrowingScope, parameters: readonly Parameter[]): void {
  for (const { annotation, default: value } of parameters) {
    if (annotation !== null) readExpressionScopes(scope, annotation);
    if (value !== null) readExpressionScopes(scope, value);
  }
}

export function bindParameters(scope: GrowingScope, node: FunctionDefinition | Lambda): void {
  for (const parameter of node.parameters) {
    const { name } = parameter;
    bind(scope, { kind: 'parameter', name: name.id, range: name, branch: 'plain', node, parameter });
  }
}
