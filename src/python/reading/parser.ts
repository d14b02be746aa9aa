/**
 * The door to tree-sitter: Python text to a Module. Asynchronous once, to start the two WebAssembly programs, whose bytes
 * the caller reads; synchronous and total from then on.
 */
import { Language, Parser, type Tree } from 'web-tree-sitter';
import type { TextRange } from '../../base/range.ts';
import { applyInsertions, createOffsetMap } from '../half-typed/insertions.ts';
import { findRepairs, type Repairs } from '../half-typed/repair.ts';
import type { Comment, Module } from '../syntax.ts';
import { copiedNodes } from '../trees/copied-nodes.ts';
import { type KeptTree, parseEdited } from '../trees/edited-tree.ts';
import type { CopiedNodes, FlatTree, Grammar } from '../trees/flat-tree.ts';
import { copyOf, createBuffers, flatten, hasKind } from '../trees/flat-tree.ts';
import { packTree, unpackTree } from '../trees/packed-tree.ts';
import { openCursor, startTreeSitter } from '../trees/tree-cursor.ts';
import { createFunctionBodies, type FunctionBodies } from './function-bodies.ts';
import { readExpression } from './read-expressions.ts';
import { readStatements } from './read-statements.ts';
import type { Reading } from './reading.ts';

export interface PythonParserBinaries {
  /** `web-tree-sitter.wasm` of the package `web-tree-sitter`. */
  readonly runtime: Uint8Array;
  /** `tree-sitter-python.wasm` of the package `tree-sitter-python`. */
  readonly language: Uint8Array;
}

/** What was found in texts that are parsed again at another start. */
export interface TreeMemory {
  /** What `keep` was given with the same text; null where there is none. */
  read(text: string): Uint8Array | null;
  keep(text: string, tree: Uint8Array): void;
}

/** Parses whatever it is given: what it cannot read is unreadable in the tree and named in the module's errors. */
export interface PythonParser {
  /**
   * Gives the same for the same text. `document` names a text that is being edited: what the parse before it found under
   * the same name is used again, which makes it several times faster.
   */
  parse(text: string, document?: string): Module;
  dispose(): void;
}

/** Nodes for a file of about 5 MB. Larger ones are rare, and their buffers are not worth keeping. */
const KEPT_BUFFER_SIZE = 1 << 20;

/** Documents whose trees are kept: people edit few at a time, and a tree takes a hundred times its text. */
const KEPT_DOCUMENTS = 4;

const NO_REPAIRS: Repairs = { insertions: [], strays: [] };

/** Rejects where the bytes are not those two programs. */
export async function loadPythonParser(
  binaries: PythonParserBinaries,
  memory: TreeMemory | null = null,
): Promise<PythonParser> {
  const program = await startTreeSitter(binaries.runtime);
  const language = await Language.load(binaries.language);
  const parser = new Parser();
  parser.setLanguage(language);
  const grammar: Grammar = {
    names: language.types,
    named: language.types.map((_, kind) => language.nodeTypeIsNamed(kind)),
  };
  let buffers = createBuffers();
  const kept = new Map<string, KeptTree>();
  const bodies = createFunctionBodies();

  function parseTree(text: string, repairs: Repairs): FlatTree {
    const tree = treeOf(sanitize(applyInsertions(blank(text, repairs.strays), repairs.insertions)));
    try {
      return flattenTree(tree, text, repairs, null);
    } finally {
      tree.delete();
    }
  }

  /** As `parseTree` without repairs, of its own size. */
  function rememberedTree(text: string): FlatTree {
    const known = memory?.read(text) ?? null;
    const remembered = known && unpackTree(known, text, grammar);
    if (remembered !== null) return remembered;
    const tree = copyOf(parseTree(text, NO_REPAIRS));
    const packed = memory && packTree(tree);
    if (packed !== null) memory?.keep(text, packed);
    return tree;
  }

  function treeOf(text: string): Tree {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('The Python grammar is not loaded.');
    return tree;
  }

  function flattenTree(
    tree: Tree,
    text: string,
    repairs: Repairs,
    copied: ((comments: TextRange[]) => CopiedNodes) | null,
  ): FlatTree {
    const toOriginal = createOffsetMap(repairs.insertions);
    const hasErrors = tree.rootNode.hasError;
    const cursor = openCursor(program, tree);
    try {
      return flatten(cursor, { text, grammar, buffers, toOriginal, hasErrors, copied });
    } finally {
      cursor.delete();
    }
  }

  /** As `parseTree` without repairs, of its own size; keeps the tree for the next edit. */
  function parseDocument(text: string, document: string): FlatTree {
    const parsed = sanitize(text);
    const before = kept.get(document);
    kept.delete(document);
    try {
      const edited = before ? parseEdited(parser, before, parsed) : null;
      const tree = edited?.tree ?? treeOf(parsed);
      const copied =
        before && edited
          ? (comments: TextRange[]) => copiedNodes(before.flat, edited.damage, buffers, comments)
          : null;
      const flat = copyOf(flattenTree(tree, text, NO_REPAIRS, copied));
      keep(document, { text: parsed, tree, flat });
      return flat;
    } finally {
      before?.tree.delete();
    }
  }

  /** A tree with errors helps nobody: the next one is made anew. */
  function keep(document: string, tree: KeptTree): void {
    if (tree.tree.rootNode.hasError) {
      tree.tree.delete();
      return;
    }
    kept.set(document, tree);
    const [oldest] = kept.size > KEPT_DOCUMENTS ? kept : [];
    if (oldest === undefined) return;
    kept.delete(oldest[0]);
    oldest[1].tree.delete();
  }

  function parseRepaired(plain: Module, text: string): Module {
    let best = plain;
    for (const repairs of findRepairs(text)) {
      const repaired = readModule(parseTree(text, repairs), repairs);
      if (skippedIn(repaired) < skippedIn(best)) best = repaired;
    }
    return best;
  }

  function parse(text: string, document?: string): Module {
    try {
      const tree = document === undefined ? rememberedTree(text) : parseDocument(text, document);
      const module = readModule(tree, NO_REPAIRS, isReadableInParts(tree) ? bodies : null);
      return module.errors.length === 0 ? module : parseRepaired(module, text);
    } catch {
      // WebAssembly ran out of memory, which takes a text of hundreds of megabytes.
      parser.reset();
      return unreadableModule(text);
    } finally {
      if (buffers.kinds.length > KEPT_BUFFER_SIZE) buffers = createBuffers();
    }
  }

  return { parse, dispose: () => parser.delete() };
}

/**
 * Same length and same meaning, without what the grammar trips over: stray characters, and names that it takes for
 * keywords where Python does not (`type(x).y = 1`, `print >> stream`). Names are read from the text as it was given.
 */
function sanitize(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', ' ')
    .replace(/\r(?!\n)/g, '\n')
    .replace(/\btype(?=[ \t]*[([])/g, 'typE')
    .replace(/\bprint(?=[ \t]*>>)/g, 'prinT');
}

function blank(text: string, ranges: readonly TextRange[]): string {
  let blanked = '';
  let taken = 0;
  for (const { start, end } of ranges) {
    blanked += text.slice(taken, start) + ' '.repeat(end - start);
    taken = end;
  }
  return blanked + text.slice(taken);
}

/** Whether nothing in the body of a function says anything of the module: no error, no name that it declares global. */
function isReadableInParts(tree: FlatTree): boolean {
  return tree.errors.length === 0 && !wholeKinds.some(kind => hasKind(tree, kind));
}

/** The last two are of Python 2, and errors. */
const wholeKinds = ['global_statement', 'print_statement', 'exec_statement'];

/** The tree must be of its own size where bodies are read later. */
function readModule(
  tree: FlatTree,
  { insertions, strays }: Repairs,
  bodies: FunctionBodies | null = null,
): Module {
  const inserted = insertions.map(({ offset }) => ({ start: offset, end: offset }));
  const errors = [...tree.errors, ...inserted, ...strays];
  const reading: Reading = { tree, readExpression, readStatements, errors, depth: 0, bodies };
  const body = readStatements(reading, 0);
  return {
    start: 0,
    end: tree.text.length,
    body,
    comments: tree.comments.map(range => readComment(tree.text, range)),
    errors: errors.sort((a, b) => a.start - b.start),
    bodies: bodies === null ? 'kept' : 'on-demand',
  };
}

function unreadableModule(text: string): Module {
  const range: TextRange = { start: 0, end: text.length };
  const body: Module['body'] = [{ kind: 'unreadable-statement', ...range }];
  return { ...range, body, comments: [], errors: [range], bodies: 'kept' };
}

/** The grammar lets a comment run up to the line feed, over a carriage return before it. */
function readComment(source: string, { start, end }: TextRange): Comment {
  const text = source.slice(start, end).trimEnd();
  return { start, end: start + text.length, text };
}

/** How much of the text is in no statement: the measure of a repair. */
function skippedIn(module: Module): number {
  return module.errors.reduce((sum, { start, end }) => sum + Math.max(end - start, 0), 0);
}
