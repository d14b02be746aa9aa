/** One Python file's own facts: syntax, scopes and symbols, from its text alone. */
import { readModuleSymbols } from '../../python/modules/modules.ts';
import type { PythonParser } from '../../python/reading/parser.ts';
import { readScopes } from '../../python/scopes/scope.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';

/** `edited`: whether an editor has it open, so that the next text will be nearly the same. */
export function parseFile(
  parser: PythonParser,
  file: { path: string; text: string; name: string },
  edited = false,
): SourceFile {
  const module = edited ? parser.parse(file.text, file.path) : parser.parse(file.text);
  const scopes = readScopes(module);
  return { ...file, module, scopes, symbols: readModuleSymbols(module, scopes) };
}
