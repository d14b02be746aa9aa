/** One walk over a tree for all rules: who listens to which kind of node, and what lies around each. */
import type { FunctionDefinition, Module, SyntaxNode } from '../python/syntax.ts';
import { children, findNodePath } from '../python/walk.ts';
import type { ActiveRule } from './active-rule.ts';
import type { FileContext } from './rule.ts';

type Listener = (node: SyntaxNode, context: FileContext) => void;

interface KindListener {
  readonly active: ActiveRule;
  readonly listen: Listener;
}

export type ListenersByKind = ReadonlyMap<string, readonly KindListener[]>;

export function listenersByKind(active: readonly ActiveRule[]): ListenersByKind {
  const byKind = new Map<string, KindListener[]>();
  for (const each of active) {
    const { expressions, statements } = each.rule.check;
    for (const [kind, listen] of Object.entries({ ...expressions, ...statements })) {
      const list = byKind.get(kind) ?? [];
      // The mapped types above pair each kind with its node; a plain table cannot say so.
      list.push({ active: each, listen: listen as Listener });
      byKind.set(kind, list);
    }
  }
  return byKind;
}

/** The statements around one that stands somewhere in a module. */
export function ancestorsOf(module: Module, node: FunctionDefinition): readonly SyntaxNode[] {
  const path = findNodePath(module, node.start);
  return path.slice(0, Math.max(0, path.indexOf(node)));
}

export function notify(
  listeners: ListenersByKind,
  contexts: ReadonlyMap<string, FileContext>,
  node: SyntaxNode,
): void {
  for (const { active, listen } of listeners.get(node.kind) ?? []) {
    const context = contexts.get(active.rule.id);
    if (context) listen(node, context);
  }
}

/** Pre-order, as a loop: chains of calls nest thousands deep. `ancestors` holds the way to the node being visited. */
export function walkWithAncestors(
  body: readonly SyntaxNode[],
  ancestors: SyntaxNode[],
  visit: (node: SyntaxNode) => void,
): void {
  const pending = [body.values()];
  for (let level = pending.at(-1); level !== undefined; level = pending.at(-1)) {
    const next = level.next();
    if (next.done) {
      pending.pop();
      ancestors.pop();
      continue;
    }
    visit(next.value);
    ancestors.push(next.value);
    pending.push(children(next.value).values());
  }
}
