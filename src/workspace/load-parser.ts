/** Starts the Python parser from the WebAssembly files in a folder, through the file port. */
import { loadPythonParser, type PythonParser } from '../python/parser.ts';
import type { FilePort } from './file-port.ts';

/** Rejects where a file is missing: then the installation is damaged. */
export async function loadParser(files: FilePort, folder: string): Promise<PythonParser> {
  return loadPythonParser({
    runtime: await readBinary(files, `${folder}/web-tree-sitter.wasm`),
    language: await readBinary(files, `${folder}/tree-sitter-python.wasm`),
  });
}

async function readBinary(files: FilePort, path: string): Promise<Uint8Array> {
  const outcome = await files.read(path);
  if (outcome.kind === 'failed')
    throw new Error(`The installation is damaged: ${outcome.reason}. Install it again.`);
  return outcome.bytes;
}

/** PostgreSQL's parser; it finds its own file. Re-exported so that shells open all parsers through one room. */
export { loadSqlParser } from '../sql/parser.ts';
