/**
 * Ways through a syntax tree. All of them are loops, since chains of calls nest thousands deep. Leaves out what is no
 * node of its own: arguments, entries, clauses and parameters are passed through to the expressions in them.
 */
import { touches } from '../base/range.ts';
import type {
  Argument,
  Comprehension,
  DictEntry,
  Expression,
  FunctionDefinition,
  Module,
  Parameter,
  Statement,
  StringLiteral,
  StringSegment,
  SyntaxNode,
  Try,
  TypeParameter,
} from './syntax.ts';

/** The expressions and statements directly below a node, in source order. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'name':
    case 'number':
    case 'constant':
    case 'unreadable':
    case 'pass':
    case 'break':
    case 'continue':
    case 'global':
    case 'nonlocal':
    case 'import':
    case 'import-from':
    case 'unreadable-statement':
      return [];
    case 'attribute':
    case 'await':
    case 'starred':
      return [node.value];
    case 'call':
      return [node.function, ...argumentValues(node.arguments)];
    case 'subscript':
      return [node.value, ...node.indices];
    case 'string':
      return interpolated(node);
    case 'tuple':
    case 'list':
    case 'set':
      return node.elements;
    case 'dict':
      return entryValues(node.entries);
    case 'binary':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'boolean':
      return node.values;
    case 'comparison':
      return [node.left, ...node.rest.map(rest => rest.right)];
    case 'lambda':
      return [...parameterValues(node.parameters), node.body];
    case 'conditional':
      return [node.then, node.test, node.otherwise];
    case 'comprehension':
      return comprehensionParts(node);
    case 'yield':
    case 'return':
      return present(node.value);
    case 'named':
      return [node.target, node.value];
    case 'slice':
      return present(node.lower, node.upper, node.step);
    case 'expression':
      return [node.expression];
    case 'assignment':
      return node.annotation === null
        ? [...node.targets, ...present(node.value)]
        : [...node.targets, node.annotation, ...present(node.value)];
    case 'augmented-assignment':
      return [node.target, node.value];
    case 'raise':
      return present(node.exception, node.cause);
    case 'assert':
      return present(node.test, node.message);
    case 'delete':
      return node.targets;
    case 'if':
    case 'while':
      return [node.test, ...node.body, ...node.otherwise];
    case 'for':
      return [node.target, node.iterable, ...node.body, ...node.otherwise];
    case 'try':
      return tryParts(node);
    case 'with':
      return [...node.items.flatMap(item => present(item.context, item.target)), ...node.body];
    case 'match':
      return [node.subject, ...node.cases.flatMap(each => [...present(each.guard), ...each.body])];
    case 'function':
      return functionParts(node);
    case 'class':
      return [
        ...node.decorators,
        ...bounds(node.typeParameters),
        ...argumentValues(node.arguments),
        ...node.body,
      ];
    case 'type-alias':
      return [...bounds(node.typeParameters), node.value];
  }
}

function present(...expressions: readonly (Expression | null)[]): Expression[] {
  return expressions.filter(expression => expression !== null);
}

function argumentValues(list: readonly Argument[]): Expression[] {
  return list.map(argument => argument.value);
}

function entryValues(entries: readonly DictEntry[]): Expression[] {
  return entries.flatMap(entry => present(entry.key, entry.value));
}

function interpolated(node: StringLiteral): Expression[] {
  const found: Expression[] = [];
  const collect = (segments: readonly StringSegment[]) => {
    for (const segment of segments) {
      if (segment.kind === 'text') continue;
      found.push(segment.expression);
      collect(segment.format);
    }
  };
  for (const piece of node.pieces) collect(piece.segments);
  return found;
}

function parameterValues(parameters: readonly Parameter[]): Expression[] {
  return parameters.flatMap(parameter => present(parameter.annotation, parameter.default));
}

function bounds(parameters: readonly TypeParameter[]): Expression[] {
  return parameters.flatMap(parameter => present(parameter.bound));
}

function comprehensionParts(node: Comprehension): Expression[] {
  const clauses = node.clauses.flatMap(({ target, iterable, conditions }) => [
    target,
    iterable,
    ...conditions,
  ]);
  return [...present(node.element, node.value), ...clauses];
}

function tryParts(node: Try): SyntaxNode[] {
  const handlers = node.handlers.flatMap(handler => [...present(handler.type), ...handler.body]);
  return [...node.body, ...handlers, ...node.otherwise, ...node.finally];
}

function functionParts(node: FunctionDefinition): SyntaxNode[] {
  return [
    ...node.decorators,
    ...bounds(node.typeParameters),
    ...parameterValues(node.parameters),
    ...present(node.returns),
    ...node.body,
  ];
}

/** Every node at and below the given one, each before its children. */
export function* walk(root: Module | SyntaxNode): Generator<SyntaxNode> {
  const stack: SyntaxNode[] = 'kind' in root ? [root] : [...root.body].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    const below = children(node);
    for (let i = below.length - 1; i >= 0; i--) stack.push(below[i] as SyntaxNode);
  }
}

/** Calls back for every expression at and below a node, also those inside the statements below. */
export function walkExpressions(root: Module | SyntaxNode, visit: (expression: Expression) => void): void {
  for (const node of walk(root)) if (isExpression(node)) visit(node);
}

/** Calls back for every statement at and below a node. Expressions hold none, so they are not entered. */
export function walkStatements(root: Module | Statement, visit: (statement: Statement) => void): void {
  const stack: Statement[] = 'kind' in root ? [root] : [...root.body].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    visit(node);
    const below = children(node);
    for (let i = below.length - 1; i >= 0; i--) {
      const child = below[i];
      if (child !== undefined && !isExpression(child)) stack.push(child);
    }
  }
}

const STATEMENT_KINDS: ReadonlySet<SyntaxNode['kind']> = new Set<Statement['kind']>([
  'assert',
  'assignment',
  'augmented-assignment',
  'break',
  'class',
  'continue',
  'delete',
  'expression',
  'for',
  'function',
  'global',
  'if',
  'import',
  'import-from',
  'match',
  'nonlocal',
  'pass',
  'raise',
  'return',
  'try',
  'type-alias',
  'unreadable-statement',
  'while',
  'with',
]);

export function isExpression(node: SyntaxNode): node is Expression {
  return !STATEMENT_KINDS.has(node.kind);
}

/**
 * The nodes around an offset, from a statement of the module down to the innermost one. An offset at a node's end
 * belongs to it, as an editor's cursor does, unless another node begins there.
 */
export function findNodePath(module: Module, offset: number): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [];
  let below: readonly SyntaxNode[] = module.body;
  for (;;) {
    const around = below.filter(node => touches(node, offset));
    const next = around.find(node => offset < node.end) ?? around.at(-1);
    if (next === undefined) return path;
    path.push(next);
    below = children(next);
  }
}
