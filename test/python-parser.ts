/** The Python parser for tests, with its two programs read from the packages that carry them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadPythonParser, type PythonParser, type TreeMemory } from '../src/python/reading/parser.ts';

const require = createRequire(import.meta.url);

let loaded: Promise<PythonParser> | null = null;

/** One for a process: the runtime cannot be started twice at once. */
export function loadTestPythonParser(): Promise<PythonParser> {
  loaded ??= loadRememberingParser(null);
  return loaded;
}

/** One of its own, started after the one of the process. */
export async function loadRememberingParser(memory: TreeMemory | null): Promise<PythonParser> {
  await loaded;
  const binaries = {
    runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    language: readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
  };
  return loadPythonParser(binaries, memory);
}
