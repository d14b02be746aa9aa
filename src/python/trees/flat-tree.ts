/**
 * A tree-sitter tree copied into arrays, one slot a node in pre-order, so that the readers never cross into WebAssembly
 * and never depend on a tree's lifetime. Leaves out comments (kept aside) and line continuations.
 */
import type { TextRange } from '../../base/range.ts';
import type { TreeCursor } from './tree-cursor.ts';

/** A slot in the arrays of a FlatTree, or NONE. */
export type NodeIndex = number;

export const NONE: NodeIndex = -1;

/** The kinds of node of a language, by their numbers. */
export interface Grammar {
  readonly names: readonly string[];
  /** False for punctuation and keywords, which are named as they are written. */
  readonly named: readonly boolean[];
}

export interface FlatTree {
  /** The source as the caller gave it. */
  readonly text: string;
  readonly grammar: Grammar;
  readonly kinds: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The first slot after a node and all below it. */
  readonly afters: Uint32Array;
  readonly comments: readonly TextRange[];
  /** Ranges that the parser skipped, and places where it made up a token. */
  readonly errors: readonly TextRange[];
}

/** Grown arrays, kept from one parse to the next: allocating them anew costs more than filling them. */
export interface FlatTreeBuffers {
  kinds: Uint16Array;
  starts: Uint32Array;
  ends: Uint32Array;
  afters: Uint32Array;
}

export interface CopiedNodes {
  /**
   * Copies a node with all below it to the slots from `at`, where the tree before has it; gives the slot behind them,
   * or null where it has to be walked.
   */
  copy(node: NodeToCopy, at: NodeIndex): NodeIndex | null;
}

export interface NodeToCopy extends TextRange {
  readonly kind: number;
  readonly depth: number;
}

export interface FlattenOptions {
  readonly text: string;
  readonly grammar: Grammar;
  readonly buffers: FlatTreeBuffers;
  /** From the offsets of the parsed text to those of `text`. */
  readonly toOriginal: (offset: number) => number;
  /** Whether the parser reported an error anywhere: a tree without one needs no search for made-up tokens. */
  readonly hasErrors: boolean;
  /** What is known of the tree before an edit; null where all is to be walked. */
  readonly copied: ((comments: TextRange[]) => CopiedNodes) | null;
}

/** The number of the grammar's error node, which has no entry among the names. */
const ERROR_KIND = 65_535;

export function createBuffers(size = 1 << 16): FlatTreeBuffers {
  return {
    kinds: new Uint16Array(size),
    starts: new Uint32Array(size),
    ends: new Uint32Array(size),
    afters: new Uint32Array(size),
  };
}

/** The result is valid until the next call with the same buffers. */
export function flatten(cursor: TreeCursor, options: FlattenOptions): FlatTree {
  const { buffers, toOriginal, hasErrors } = options;
  const { names } = options.grammar;
  const commentKind = names.indexOf('comment');
  const continuationKind = names.indexOf('line_continuation');
  // Its children are escapes and braces, which are decoded from the text.
  const opaqueKind = names.indexOf('string_content');
  const comments: TextRange[] = [];
  const errors: TextRange[] = [];
  const open: NodeIndex[] = [];
  const copied = options.copied?.(comments) ?? null;
  let count = 0;
  let lastEnd = 0;

  const rangeHere = () => ({ start: toOriginal(cursor.start()), end: toOriginal(cursor.end()) });

  const fill = (node: NodeIndex, start: number, end: number) => {
    buffers.starts[node] = start;
    buffers.ends[node] = end;
    buffers.afters[node] = count;
  };

  /** True where the cursor's node and all below it were taken from the tree before. */
  const take = (kind: number): boolean => {
    const start = cursor.start();
    const end = cursor.end();
    const next = copied?.copy({ kind, depth: open.length, start, end }, count) ?? null;
    if (next === null) return false;
    count = next;
    lastEnd = end;
    return true;
  };

  /** Adds the cursor's node; true where its children come next. */
  const enter = (kind: number): boolean => {
    if (copied !== null && take(kind)) return false;
    const node = count++;
    if (node >= buffers.kinds.length) grow(buffers);
    buffers.kinds[node] = kind;
    if (hasErrors && (kind === ERROR_KIND || cursor.isMissing())) errors.push(rangeHere());
    if (kind !== opaqueKind && cursor.toFirstChild()) {
      open.push(node);
      return true;
    }
    const { start, end } = rangeHere();
    fill(node, start, end);
    lastEnd = end;
    return false;
  };

  const leave = () => {
    const node = open.pop() ?? 0;
    const first = node + 1;
    if (first < count) fill(node, buffers.starts[first] ?? 0, lastEnd);
    else fill(node, lastEnd, lastEnd);
  };

  walk: for (;;) {
    const kind = cursor.kind();
    if (kind === commentKind) comments.push(rangeHere());
    else if (kind !== continuationKind && enter(kind)) continue;
    while (!cursor.toNextSibling()) {
      if (!cursor.toParent()) break walk;
      leave();
    }
  }
  return { text: options.text, grammar: options.grammar, ...buffers, comments, errors };
}

/** Of its own size, valid for as long as it is kept. */
export function copyOf(tree: FlatTree): FlatTree {
  const count = tree.afters[0] ?? 0;
  return {
    ...tree,
    kinds: tree.kinds.slice(0, count),
    starts: tree.starts.slice(0, count),
    ends: tree.ends.slice(0, count),
    afters: tree.afters.slice(0, count),
  };
}

export function grow(buffers: FlatTreeBuffers): void {
  const larger = createBuffers(buffers.kinds.length * 2);
  larger.kinds.set(buffers.kinds);
  larger.starts.set(buffers.starts);
  larger.ends.set(buffers.ends);
  larger.afters.set(buffers.afters);
  Object.assign(buffers, larger);
}

/** The grammar's name, `ERROR` for what the parser could not place. */
export function kindOf(tree: FlatTree, node: NodeIndex): string {
  return tree.grammar.names[tree.kinds[node] ?? ERROR_KIND] ?? 'ERROR';
}

function isNamed(tree: FlatTree, node: NodeIndex): boolean {
  return tree.grammar.named[tree.kinds[node] ?? ERROR_KIND] ?? false;
}

/** Whether a node of that kind is anywhere in a tree of its own size. */
export function hasKind({ grammar, kinds }: FlatTree, kind: string): boolean {
  return grammar.names.some(
    (name, number) => name === kind && grammar.named[number] && kinds.includes(number),
  );
}

/** True for a node of that kind that is no mere keyword of the same name. */
export function isNode(tree: FlatTree, node: NodeIndex, kind: string): boolean {
  return isNamed(tree, node) && kindOf(tree, node) === kind;
}

export function rangeOf(tree: FlatTree, node: NodeIndex): TextRange {
  return { start: startOf(tree, node), end: endOf(tree, node) };
}

export function startOf(tree: FlatTree, node: NodeIndex): number {
  return tree.starts[node] ?? 0;
}

export function endOf(tree: FlatTree, node: NodeIndex): number {
  return tree.ends[node] ?? 0;
}

export function textOf(tree: FlatTree, node: NodeIndex): string {
  return tree.text.slice(tree.starts[node], tree.ends[node]);
}

export function childrenOf(tree: FlatTree, node: NodeIndex): NodeIndex[] {
  const children: NodeIndex[] = [];
  const after = tree.afters[node] ?? 0;
  for (let child = node + 1; child < after; child = tree.afters[child] ?? after) children.push(child);
  return children;
}

/** The first child, or NONE for a leaf. */
export function firstChildOf(tree: FlatTree, node: NodeIndex): NodeIndex {
  return node + 1 < (tree.afters[node] ?? 0) ? node + 1 : NONE;
}

/** The first child of a kind, or NONE. */
export function childOfKind(tree: FlatTree, node: NodeIndex, kind: string): NodeIndex {
  const after = tree.afters[node] ?? 0;
  for (let child = node + 1; child < after; child = tree.afters[child] ?? after) {
    if (kindOf(tree, child) === kind) return child;
  }
  return NONE;
}

/** The children without what the parser skipped. */
export function partsOf(tree: FlatTree, node: NodeIndex): NodeIndex[] {
  const children = childrenOf(tree, node);
  return tree.errors.length === 0 ? children : children.filter(child => kindOf(tree, child) !== 'ERROR');
}

/** The last of these, or NONE. */
export function lastPartOf(tree: FlatTree, node: NodeIndex): NodeIndex {
  let last = NONE;
  const after = tree.afters[node] ?? 0;
  for (let child = node + 1; child < after; child = tree.afters[child] ?? after)
    if (tree.errors.length === 0 || kindOf(tree, child) !== 'ERROR') last = child;
  return last;
}

/** The children that are more than punctuation or a keyword, and were not skipped. */
export function operandsOf(tree: FlatTree, node: NodeIndex): NodeIndex[] {
  const operands: NodeIndex[] = [];
  const after = tree.afters[node] ?? 0;
  for (let child = node + 1; child < after; child = tree.afters[child] ?? after)
    if (isNamed(tree, child)) operands.push(child);
  return operands;
}

/** The first of these, or NONE. */
export function firstOperandOf(tree: FlatTree, node: NodeIndex): NodeIndex {
  const after = tree.afters[node] ?? 0;
  for (let child = node + 1; child < after; child = tree.afters[child] ?? after)
    if (isNamed(tree, child)) return child;
  return NONE;
}
