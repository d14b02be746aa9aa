/**
 * The scopes of a module and what each name is bound to in them, by Python's own rules. Knows one file only: what an
 * import leads to is in `qualify.ts`; finding scopes and names is in `lookup.ts`.
 */
import { firstPart } from '../../base/dotted-name.ts';
import type { TextRange } from '../../base/range.ts';
import type {
  Assignment,
  ClassDefinition,
  FunctionDefinition,
  If,
  Import,
  ImportedName,
  ImportFrom,
  Module,
  Statement,
  SyntaxNode,
  Try,
} from '../syntax.ts';
import { children, isExpression } from '../walk.ts';
import type { Binding, BindingBranch } from './binding.ts';
import { branchesOf, nested } from './binding-branches.ts';
import {
  bindParameters,
  openTypeParameters,
  readExpressionScopes,
  readParameterScopes,
} from './expression-scopes.ts';
import {
  bind,
  type GrowingScope,
  openFunctionScope,
  openScope,
  type ScopeKind,
  type ScopeNode,
  sortBindings,
} from './growing-scope.ts';
import { boundTargets } from './targets.ts';

export interface Scope {
  readonly kind: ScopeKind;
  readonly node: ScopeNode;
  /** Where names are looked up here first: a function's body, but not its decorators, defaults and annotations. */
  readonly range: TextRange;
  /** The part of the range that belongs to the parent: the first iterable of a comprehension. */
  readonly hole: TextRange | null;
  readonly parent: Scope | null;
  /** In source order. */
  readonly children: readonly Scope[];
  /** In source order for each name. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Names that this scope leaves to another one. */
  readonly declared: ReadonlyMap<string, 'global' | 'nonlocal'>;
  readonly starImports: readonly ImportFrom[];
}

/** Gives the scope of the module, with all others below it. */
export function readScopes(module: Module): Scope {
  const range = { start: 0, end: module.end };
  const contents = module.bodies === 'on-demand' ? new WeakMap() : null;
  const scope = openScope(null, { kind: 'module', node: module, range, contents });
  readBody(scope, module.body, 'plain');
  sortBindings(scope);
  return scope;
}

function readBody(scope: GrowingScope, body: readonly Statement[], branch: BindingBranch): void {
  for (const statement of body) readStatement(scope, statement, branch);
}

function readStatement(scope: GrowingScope, statement: Statement, branch: BindingBranch): void {
  switch (statement.kind) {
    case 'import':
      for (const name of statement.names) bindImport(scope, statement, name, branch);
      return;
    case 'import-from':
      readImportFrom(scope, statement, branch);
      return;
    case 'assignment':
      readAssignment(scope, statement, branch);
      return;
    case 'augmented-assignment':
      for (const { name } of boundTargets(statement.target, null)) {
        bind(scope, { kind: 'augmented-assignment', name: name.id, range: name, branch, node: statement });
      }
      break;
    case 'delete':
      for (const { name } of statement.targets.flatMap(target => boundTargets(target, null))) {
        bind(scope, { kind: 'delete', name: name.id, range: name, branch, node: statement });
      }
      break;
    case 'global':
    case 'nonlocal':
      for (const { id } of statement.names) scope.declared.set(id, statement.kind);
      return;
    case 'function':
      bind(scope, {
        kind: 'function',
        name: statement.name.id,
        range: statement.name,
        branch,
        node: statement,
      });
      readFunction(scope, statement);
      return;
    case 'class':
      bind(scope, { kind: 'class', name: statement.name.id, range: statement.name, branch, node: statement });
      readClass(scope, statement);
      return;
    case 'type-alias':
      bind(scope, {
        kind: 'type-alias',
        name: statement.name.id,
        range: statement.name,
        branch,
        node: statement,
      });
      readExpressionScopes(openTypeParameters(scope, statement), statement.value);
      return;
    default:
      readCompound(scope, statement, branch);
      return;
  }
  readExpressions(scope, statement);
}

/** Statements that hold others, and those that only hold expressions. */
function readCompound(scope: GrowingScope, statement: Statement, branch: BindingBranch): void {
  const inner = nested(branch, 'conditional');
  switch (statement.kind) {
    case 'if':
      readIf(scope, statement, branch);
      return;
    case 'while':
      readExpressionScopes(scope, statement.test);
      readBody(scope, [...statement.body, ...statement.otherwise], inner);
      return;
    case 'for':
      for (const { name } of boundTargets(statement.target, null)) {
        bind(scope, { kind: 'for', name: name.id, range: name, branch: inner, node: statement });
      }
      readExpressionScopes(scope, statement.target);
      readExpressionScopes(scope, statement.iterable);
      readBody(scope, [...statement.body, ...statement.otherwise], inner);
      return;
    case 'try':
      readTry(scope, statement, branch);
      return;
    case 'with':
      for (const item of statement.items) {
        readExpressionScopes(scope, item.context);
        for (const { name } of item.target === null ? [] : boundTargets(item.target, null)) {
          bind(scope, {
            kind: 'with',
            name: name.id,
            range: name,
            branch,
            node: item,
            async: statement.async,
          });
        }
      }
      readBody(scope, statement.body, branch);
      return;
    case 'match':
      readExpressionScopes(scope, statement.subject);
      for (const each of statement.cases) {
        for (const identifier of each.bindings) {
          bind(scope, { kind: 'match', name: identifier.id, range: identifier, branch: inner, node: each });
        }
        if (each.guard !== null) readExpressionScopes(scope, each.guard);
        readBody(scope, each.body, inner);
      }
      return;
    default:
      readExpressions(scope, statement);
  }
}

/** In a loop, since each `elif` nests in the one before it. */
function readIf(scope: GrowingScope, statement: If, branch: BindingBranch): void {
  let clause = statement;
  let outer = branch;
  for (;;) {
    const branches = branchesOf(clause.test);
    readExpressionScopes(scope, clause.test);
    readBody(scope, clause.body, nested(outer, branches.body));
    outer = nested(outer, branches.otherwise);
    const [next, ...others] = clause.otherwise;
    if (next?.kind !== 'if' || others.length > 0) break;
    clause = next;
  }
  readBody(scope, clause.otherwise, outer);
}

function readTry(scope: GrowingScope, statement: Try, branch: BindingBranch): void {
  readBody(scope, statement.body, branch);
  for (const handler of statement.handlers) {
    const fallback = nested(branch, 'fallback');
    if (handler.type !== null) readExpressionScopes(scope, handler.type);
    if (handler.name !== null) {
      const { id } = handler.name;
      bind(scope, { kind: 'except', name: id, range: handler.name, branch: fallback, node: handler });
    }
    readBody(scope, handler.body, fallback);
  }
  readBody(scope, [...statement.otherwise, ...statement.finally], branch);
}

function bindImport(scope: GrowingScope, node: Import, imported: ImportedName, branch: BindingBranch): void {
  const top = firstPart(imported.name);
  const { alias } = imported;
  bind(scope, {
    kind: 'import',
    name: alias?.id ?? top,
    range: alias ?? { start: imported.start, end: imported.start + top.length },
    branch,
    node,
    module: alias === null ? top : imported.name,
  });
}

function readImportFrom(scope: GrowingScope, node: ImportFrom, branch: BindingBranch): void {
  if (node.star) scope.starImports.push(node);
  for (const imported of node.names) {
    const { alias, name } = imported;
    bind(scope, {
      kind: 'import-from',
      name: alias?.id ?? name,
      range: alias ?? { start: imported.start, end: imported.end },
      branch,
      node,
      module: node.module,
      level: node.level,
      imported: name,
    });
  }
}

function readAssignment(scope: GrowingScope, node: Assignment, branch: BindingBranch): void {
  const { annotation, targets } = node;
  for (const target of targets) {
    for (const { name, value, unpacked } of boundTargets(target, node.value)) {
      const base = { name: name.id, range: { start: name.start, end: name.end }, branch, node };
      if (value !== null) bind(scope, { kind: 'assignment', ...base, annotation, value, unpacked });
      else if (annotation !== null) bind(scope, { kind: 'annotation', ...base, annotation });
    }
  }
  readExpressions(scope, node);
}

function readFunction(scope: GrowingScope, node: FunctionDefinition): void {
  const outer = openTypeParameters(scope, node);
  for (const decorator of node.decorators) readExpressionScopes(scope, decorator);
  readParameterScopes(outer, node.parameters);
  if (node.returns !== null) readExpressionScopes(outer, node.returns);
  const headerEnd = Math.max(node.name.end, node.parameters.at(-1)?.end ?? 0, node.returns?.end ?? 0);
  openFunctionScope(outer, { node, range: { start: headerEnd + 1, end: node.end } }, readInside);
}

function readInside(scope: GrowingScope, node: FunctionDefinition): void {
  bindParameters(scope, node);
  readDeclarations(scope, node.body);
  readBody(scope, node.body, 'plain');
}

function readClass(scope: GrowingScope, node: ClassDefinition): void {
  const outer = openTypeParameters(scope, node);
  for (const decorator of node.decorators) readExpressionScopes(scope, decorator);
  for (const argument of node.arguments) readExpressionScopes(outer, argument.value);
  const headerEnd = Math.max(node.name.end, node.arguments.at(-1)?.end ?? 0);
  const inner = openScope(outer, { kind: 'class', node, range: { start: headerEnd + 1, end: node.end } });
  readBody(inner, node.body, 'plain');
}

/** `global x` holds for its whole function, also before the line it stands on. */
function readDeclarations(scope: GrowingScope, body: readonly Statement[]): void {
  const statements: SyntaxNode[] = [...body];
  for (let node = statements.pop(); node !== undefined; node = statements.pop()) {
    if (node.kind === 'global' || node.kind === 'nonlocal') {
      for (const { id } of node.names) scope.declared.set(id, node.kind);
    } else if (!isExpression(node) && node.kind !== 'function' && node.kind !== 'class') {
      statements.push(...children(node));
    }
  }
}

function readExpressions(scope: GrowingScope, statement: Statement): void {
  for (const child of children(statement)) if (isExpression(child)) readExpressionScopes(scope, child);
}
