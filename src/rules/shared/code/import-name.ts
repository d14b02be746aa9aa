/** Makes a name of a library usable in a file: as it is imported already, or with the edit that imports it. */
import type { TextEdit } from '../../../base/edit.ts';
import type { ImportFrom, Module, Statement } from '../../../python/syntax.ts';

export interface UsableName {
  /** What to write in code: `text`, `sa.text`. */
  readonly expression: string;
  /** Edits that must go along; empty where the name is imported already. */
  readonly edits: readonly TextEdit[];
}

/** `importName(module, 'sqlalchemy', 'text')`: looks only at imports of the module's top level. */
export function importName(module: Module, library: string, name: string): UsableName {
  const imports = module.body.filter(
    statement => statement.kind === 'import' || statement.kind === 'import-from',
  );
  for (const statement of imports) {
    const expression = expressionFrom(statement, library, name);
    if (expression !== null) return { expression, edits: [] };
  }
  return { expression: name, edits: [importEdit(module, library, name)] };
}

function expressionFrom(statement: Statement, library: string, name: string): string | null {
  if (statement.kind === 'import') {
    const whole = statement.names.find(each => each.name === library);
    return whole ? `${whole.alias?.id ?? library}.${name}` : null;
  }
  if (statement.kind !== 'import-from' || statement.level > 0 || statement.module !== library) return null;
  const imported = statement.names.find(each => each.name === name);
  return imported ? (imported.alias?.id ?? name) : null;
}

function importEdit(module: Module, library: string, name: string): TextEdit {
  const existing = module.body.find(
    (statement): statement is ImportFrom =>
      statement.kind === 'import-from' &&
      statement.level === 0 &&
      statement.module === library &&
      !statement.star,
  );
  const successor = existing?.names.find(each => each.name.toLowerCase() > name.toLowerCase());
  if (successor) return insertAt(successor.start, `${name}, `);
  const last = existing?.names.at(-1);
  if (last) return insertAt(last.end, `, ${name}`);
  return newImport(module, `from ${library} import ${name}`);
}

function newImport(module: Module, line: string): TextEdit {
  const last = module.body.filter(each => each.kind === 'import' || each.kind === 'import-from').at(-1);
  if (last) return insertAt(last.end, `\n${line}`);
  const first = module.body[0];
  const docstring = first?.kind === 'expression' && first.expression.kind === 'string';
  return first && docstring ? insertAt(first.end, `\n\n${line}`) : insertAt(first?.start ?? 0, `${line}\n\n`);
}

function insertAt(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
