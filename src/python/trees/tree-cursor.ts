/**
 * Walks a tree by tree-sitter's own functions. The cursor of the package does the same, but copies its state into the
 * program's memory before each question and back after each step, which takes longer than the parse.
 */
import { Parser, type Tree } from 'web-tree-sitter';

/** At one node at a time, the root first. While one is in use, nothing else may be asked of any tree. */
export interface TreeCursor {
  /** The number of the node's kind. */
  kind(): number;
  /** In UTF-16 units. */
  start(): number;
  end(): number;
  /** Whether the parser made the node up. */
  isMissing(): boolean;
  /** Each of these steps gives false, and stays, where there is no such node. */
  toFirstChild(): boolean;
  toNextSibling(): boolean;
  toParent(): boolean;
  delete(): void;
}

/** Functions of the program that take a tree's address. What else they are given and give is left in one place of its memory. */
type TreeFunction =
  | '_ts_tree_root_node_wasm'
  | '_ts_tree_cursor_new_wasm'
  | '_ts_tree_cursor_delete_wasm'
  | '_ts_tree_cursor_current_node_type_id_wasm'
  | '_ts_tree_cursor_start_index_wasm'
  | '_ts_tree_cursor_end_index_wasm'
  | '_ts_tree_cursor_current_node_is_missing_wasm'
  | '_ts_tree_cursor_goto_first_child_wasm'
  | '_ts_tree_cursor_goto_next_sibling_wasm'
  | '_ts_tree_cursor_goto_parent_wasm';

export type TreeSitter = Readonly<Record<TreeFunction, (tree: number) => number>>;

/** The package starts its program once in a process, whatever it is given later. */
let started: Promise<TreeSitter> | null = null;

/** Emscripten puts the program's functions into the options that it is given. */
export function startTreeSitter(wasmBinary: Uint8Array): Promise<TreeSitter> {
  const options = { wasmBinary, locateFile: (name: string) => name };
  started ??= Parser.init(options).then(() => options as unknown as TreeSitter);
  return started;
}

export function openCursor(program: TreeSitter, tree: Tree): TreeCursor {
  const address = (tree as unknown as readonly [number])[0];
  // The root is left where the cursor looks for the node to begin with, and then the cursor where each step looks for it.
  program._ts_tree_root_node_wasm(address);
  program._ts_tree_cursor_new_wasm(address);
  return {
    kind: () => program._ts_tree_cursor_current_node_type_id_wasm(address),
    start: () => program._ts_tree_cursor_start_index_wasm(address),
    end: () => program._ts_tree_cursor_end_index_wasm(address),
    isMissing: () => program._ts_tree_cursor_current_node_is_missing_wasm(address) === 1,
    toFirstChild: () => program._ts_tree_cursor_goto_first_child_wasm(address) === 1,
    toNextSibling: () => program._ts_tree_cursor_goto_next_sibling_wasm(address) === 1,
    toParent: () => program._ts_tree_cursor_goto_parent_wasm(address) === 1,
    delete: () => void program._ts_tree_cursor_delete_wasm(address),
  };
}
