/** Names across the files of one module table: canonical names, and the statements that they lead to. */

import type { NamedModules } from '../../python/modules/modules.ts';
import { qualify } from '../../python/modules/qualify.ts';
import { type Binding, effectiveBindings } from '../../python/scopes/binding.ts';
import { owningScope, scopeAt } from '../../python/scopes/lookup.ts';
import type { Scope } from '../../python/scopes/scope.ts';
import type { Expression, Statement } from '../../python/syntax.ts';
import type { Definition } from '../linked-project.ts';
import type { SourceFile } from '../project.ts';
import { bodyMembers, flatten } from './class-members.ts';
import type { NameResolver } from './site.ts';
import { starName } from './star-names.ts';

const builtins = new Set(
  `int str float bool bytes list dict set tuple frozenset object type len repr property classmethod staticmethod super
  Exception complex bytearray memoryview getattr isinstance map filter sorted range min max sum any all`.split(
    /\s+/,
  ),
);

/** Parsed files by module name. */
export interface FilesByName {
  get(name: string): SourceFile | undefined;
  /**
   * Told before more of a file is looked at than what it binds: at what it binds to a name. Gives the file as it is by
   * then, which binds the same.
   * Missing where nobody wants to know.
   */
  open?(file: SourceFile, name: string): SourceFile;
}

export function createNameResolver(table: NamedModules, files: FilesByName): NameResolver {
  const definitions = new Map<string, Definition | null>();
  return {
    answers: definitions,
    qualify: (expression, file) => qualifyIn(expression, file, table),
    definitionOf(qualifiedName) {
      const known = definitions.get(qualifiedName);
      if (known !== undefined) return known;
      const definition = findDefinition(qualifiedName, files);
      definitions.set(qualifiedName, definition);
      return definition;
    },
  };
}

function qualifyIn(expression: Expression, file: SourceFile, table: NamedModules): string | null {
  const root = rootOf(expression);
  if (root?.kind !== 'name') return null;
  const scope = runningScope(scopeAt(file.scopes, root.start), root.id, root.start);
  const qualified = qualify(expression, scope, table);
  if (qualified !== null || owningScope(scope, root.id)) return qualified;
  if (builtins.has(root.id)) return expression.kind === 'name' ? `builtins.${root.id}` : null;
  return libraryStar(expression, root.id, file);
}

/** A name that only the star import of a library can have bound. */
function libraryStar(expression: Expression, name: string, { symbols }: SourceFile): string | null {
  const modules = symbols.starImports.filter(each => each.level === 0).map(each => each.module);
  const found = modules.length === 0 ? null : starName(modules, name);
  return found === null ? null : found + membersBehind(expression);
}

/** `.now` of `func.now`. */
function membersBehind(expression: Expression): string {
  return expression.kind === 'attribute'
    ? `${membersBehind(expression.value)}.${expression.attribute.id}`
    : '';
}

function rootOf(expression: Expression): Expression | null {
  let root = expression;
  while (root.kind === 'attribute') root = root.value;
  return root;
}

/**
 * A class body runs from the top: a name that it binds only later, or by this very statement, means the one outside.
 * `date: Mapped[date]` depends on it.
 */
function runningScope(scope: Scope, name: string, offset: number): Scope {
  if (scope.kind !== 'class' || !scope.parent) return scope;
  const bindings = scope.bindings.get(name);
  if (!bindings || bindings.some(binding => !isLater(binding, offset))) return scope;
  return scope.parent;
}

function isLater(binding: Binding, offset: number): boolean {
  if (binding.range.start > offset) return true;
  return (
    (binding.kind === 'annotation' || binding.kind === 'assignment') &&
    binding.node.start <= offset &&
    offset < binding.node.end
  );
}

function findDefinition(qualifiedName: string, files: FilesByName): Definition | null {
  const parts = qualifiedName.split('.');
  for (let length = parts.length - 1; length > 0; length--) {
    const file = files.get(parts.slice(0, length).join('.'));
    if (!file) continue;
    const [first = '', ...rest] = parts.slice(length);
    return rest.length === 0
      ? boundIn(file, first, files)
      : definitionIn(openFile(file, first, files), first, rest);
  }
  return null;
}

function openFile(file: SourceFile, name: string, files: FilesByName): SourceFile {
  return files.open === undefined ? file : files.open(file, name);
}

/** What the name is follows from what the file binds; the rest is looked at where it is asked for. */
function boundIn(file: SourceFile, name: string, files: FilesByName): Definition | null {
  const nodeIn = (some: SourceFile) => nodeOf(effectiveBindings(some.symbols.exports.get(name) ?? []));
  const node = nodeIn(file);
  if (node === null) return null;
  return {
    kind: node.kind,
    get file() {
      return openFile(file, name, files);
    },
    get node() {
      const now = openFile(file, name, files);
      return now === file ? node : (nodeIn(now) ?? node);
    },
  };
}

function definitionIn(file: SourceFile, first: string, rest: readonly string[]): Definition | null {
  let node = nodeOf(effectiveBindings(file.symbols.exports.get(first) ?? []));
  for (const [index, part] of rest.entries()) {
    if (part === '<locals>') continue;
    if (node?.kind === 'class') node = bodyMembers(node).get(part) ?? nestedClass(node.body, part);
    else if (node?.kind === 'function' && rest[index - 1] === '<locals>') node = localOf(node.body, part);
    else return null;
  }
  return node && { kind: node.kind, file, node };
}

function nodeOf(bindings: readonly Binding[]): Definition['node'] | null {
  const only = bindings[0];
  if (bindings.length !== 1 || !only) return null;
  switch (only.kind) {
    case 'class':
    case 'function':
    case 'type-alias':
    case 'annotation':
      return only.node;
    case 'assignment':
      return only.unpacked ? null : only.node;
    default:
      return null;
  }
}

function nestedClass(body: readonly Statement[], name: string): Definition['node'] | null {
  return (
    (body.find(statement => statement.kind === 'class' && statement.name.id === name) as
      | Definition['node']
      | undefined) ?? null
  );
}

/** What a function binds once; a name that it binds twice is not followed. */
function localOf(body: readonly Statement[], name: string): Definition['node'] | null {
  const found: Definition['node'][] = [];
  for (const statement of flatten(body)) {
    if ((statement.kind === 'class' || statement.kind === 'function') && statement.name.id === name)
      found.push(statement);
    if (statement.kind !== 'assignment') continue;
    if (statement.targets.some(target => target.kind === 'name' && target.id === name)) found.push(statement);
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}
