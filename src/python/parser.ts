/**
 * The door to tree-sitter: Python text to a Module. Asynchronous once, to start the two WebAssembly programs, whose bytes
 * the caller reads; synchronous and total from then on. Leaves out incremental parsing: a file takes a few milliseconds.
 */
import { Language, Parser } from 'web-tree-sitter';
import type { TextRange } from '../base/range.ts';
import type { FlatTree, Grammar } from './flat-tree.ts';
import { createBuffers, flatten } from './flat-tree.ts';
import { applyInsertions, createOffsetMap } from './insertions.ts';
import { readExpression } from './read-expressions.ts';
import { readStatements } from './read-statements.ts';
import type { Reading } from './reading.ts';
import { findRepairs, type Repairs } from './repair.ts';
import type { Comment, Module } from './syntax.ts';

export interface PythonParserBinaries {
  /** `web-tree-sitter.wasm` of the package `web-tree-sitter`. */
  readonly runtime: Uint8Array;
  /** `tree-sitter-python.wasm` of the package `tree-sitter-python`. */
  readonly language: Uint8Array;
}

/** Parses whatever it is given: what it cannot read is unreadable in the tree and named in the module's errors. */
export interface PythonParser {
  parse(text: string): Module;
  dispose(): void;
}

/** Nodes for a file of about 5 MB. Larger ones are rare, and their buffers are not worth keeping. */
const KEPT_BUFFER_SIZE = 1 << 20;

const NO_REPAIRS: Repairs = { insertions: [], strays: [] };

/** Rejects where the bytes are not those two programs. */
export async function loadPythonParser(binaries: PythonParserBinaries): Promise<PythonParser> {
  await Parser.init({ wasmBinary: binaries.runtime, locateFile: (name: string) => name });
  const language = await Language.load(binaries.language);
  const parser = new Parser();
  parser.setLanguage(language);
  const grammar: Grammar = {
    names: language.types,
    named: language.types.map((_, kind) => language.nodeTypeIsNamed(kind)),
  };
  let buffers = createBuffers();

  function parseTree(text: string, repairs: Repairs): FlatTree {
    const tree = parser.parse(sanitize(applyInsertions(blank(text, repairs.strays), repairs.insertions)));
    if (tree === null) throw new Error('The Python grammar is not loaded.');
    const cursor = tree.walk();
    try {
      return flatten(cursor, {
        text,
        grammar,
        buffers,
        toOriginal: createOffsetMap(repairs.insertions),
        hasErrors: tree.rootNode.hasError,
      });
    } finally {
      cursor.delete();
      tree.delete();
    }
  }

  function parseRepaired(plain: Module, text: string): Module {
    let best = plain;
    for (const repairs of findRepairs(text)) {
      const repaired = readModule(parseTree(text, repairs), repairs);
      if (skippedIn(repaired) < skippedIn(best)) best = repaired;
    }
    return best;
  }

  function parse(text: string): Module {
    try {
      const module = readModule(parseTree(text, NO_REPAIRS));
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

function readModule(tree: FlatTree, { insertions, strays }: Repairs = NO_REPAIRS): Module {
  const inserted = insertions.map(({ offset }) => ({ start: offset, end: offset }));
  const errors = [...tree.errors, ...inserted, ...strays];
  const reading: Reading = { tree, readExpression, readStatements, errors, depth: 0 };
  const body = readStatements(reading, 0);
  return {
    start: 0,
    end: tree.text.length,
    body,
    comments: tree.comments.map(range => readComment(tree.text, range)),
    errors: errors.sort((a, b) => a.start - b.start),
  };
}

function unreadableModule(text: string): Module {
  const range: TextRange = { start: 0, end: text.length };
  return { ...range, body: [{ kind: 'unreadable-statement', ...range }], comments: [], errors: [range] };
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
