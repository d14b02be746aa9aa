/** Starts the Python parser from the WebAssembly files in a folder, through the file port. */
import { loadPythonParser, type PythonParser, type TreeMemory } from '../../python/reading/parser.ts';
import type { FilePort } from './file-port.ts';

/** Rejects where a file is missing: then the installation is damaged. */
export async function loadParser(
  files: FilePort,
  folder: string,
  memory: TreeMemory | null = null,
): Promise<PythonParser> {
  const runtime = await readBinary(files, `${folder}/web-tree-sitter.wasm`);
  const language = await readBinary(files, `${folder}/tree-sitter-python.wasm`);
  return loadPythonParser({ runtime, language }, memory);
}

async function readBinary(files: FilePort, path: string): Promise<Uint8Array> {
  const outcome = await files.read(path);
  if (outcome.kind === 'failed')
    throw new Error(`The installation is damaged: ${outcome.reason}. Install it again.`);
  return outcome.bytes;
}

/** PostgreSQL's parser; it finds its own file. Re-exported so that shells open all parsers through one room. */
export { loadSqlParser } from '../../sql/parser.ts';
