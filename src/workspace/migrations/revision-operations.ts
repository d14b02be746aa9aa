/** What each revision does, read when first asked for and kept by the file's syntax. */
import type { RevisionOperations } from '../../alembic/directives/operation.ts';
import { readOperations } from '../../alembic/directives/read-operations.ts';
import { revisionSite } from '../../alembic/revision/revision-site.ts';
import type { PythonParser } from '../../python/reading/parser.ts';
import type { Module } from '../../python/syntax.ts';

export interface OperationsReader {
  /** Null where the file has no text. `parsed` is its syntax where the project has it: it is parsed here otherwise. */
  operationsOf(path: string, text: string | undefined, parsed?: Module): RevisionOperations | null;
}

export function createOperationsReader(parser: PythonParser): OperationsReader {
  const kept = new Map<string, { readonly text: string; readonly operations: RevisionOperations }>();
  return {
    operationsOf(path, text, parsed) {
      if (text === undefined) return null;
      const known = kept.get(path);
      if (known?.text === text) return known.operations;
      const module = parsed ?? parser.parse(text);
      const operations = readOperations(module, revisionSite(path, text, module));
      kept.set(path, { text, operations });
      return operations;
    },
  };
}
