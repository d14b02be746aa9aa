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

/** Tells of a node whoever listens to its kind. Contexts are looked up once a kind: a file has thousands of nodes. */
export function notifier(
  listeners: ListenersByKind,
  contexts: ReadonlyMap<string, FileContext>,
): (node: SyntaxNode) => void {
  const bound = new Map<string, readonly ((node: SyntaxNode) => void)[]>();
  return node => {
    let tell = bound.get(node.kind);
    if (tell === undefined) {
      tell = (listeners.get(node.kind) ?? []).flatMap(({ active, listen }) => {
        const context = contexts.get(active.rule.id);
        return context ? [each => listen(each, context)] : [];
      });
      bound.set(node.kind, tell);
    }
    for (const each of tell) each(node);
  };
}

/** Pre-order, as a loop: chains of calls nest thousands deep. `ancestors` holds the way to the node being visited. */
export function walkWithAncestors(
  body: readonly SyntaxNode[],
  ancestors: SyntaxNode[],
  visit: (node: SyntaxNode) => void,
): void {
  const pending = [{ nodes: body, next: 0 }];
  for (let level = pending.at(-1); level !== undefined; level = pending.at(-1)) {
    const node = level.nodes[level.next++];
    if (node === undefined) {
      pending.pop();
      ancestors.pop();
      continue;
    }
    visit(node);
    const below = children(node);
    if (below.length === 0) continue;
    ancestors.push(node);
    pending.push({ nodes: below, next: 0 });
  }
}
