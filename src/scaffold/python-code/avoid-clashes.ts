/** Code that is added to a file which uses one of the needed names for something else: it imports it by another name. */
import { firstPart } from '../../base/dotted-name.ts';
import type { KnownFile } from '../project-facts.ts';
import { assignedName, type Statement } from '../python-syntax.ts';
import { fromImport, type ImportNeed } from './import-need.ts';

export interface CodeWithImports {
  readonly blocks: readonly (readonly string[])[];
  readonly imports: readonly ImportNeed[];
}

/** `Enum` of SQLAlchemy becomes `SqlEnum` in a file that has Python's. */
export function avoidClashes<Code extends CodeWithImports>(file: KnownFile, code: Code): Code {
  const clashing = code.imports.filter(need => need.kind === 'name' && isTaken(file, need.module, need.name));
  return clashing.reduce(renamed, code);
}

function isTaken(file: KnownFile, module: string, name: string): boolean {
  return (file.syntax?.body ?? []).some(
    statement => binds(statement, name) && !isSame(statement, module, name),
  );
}

function binds(statement: Statement, name: string): boolean {
  switch (statement.kind) {
    case 'import':
      return statement.names.some(each => (each.alias?.id ?? firstPart(each.name)) === name);
    case 'import-from':
      return statement.names.some(each => (each.alias?.id ?? each.name) === name);
    case 'class':
    case 'function':
      return statement.name.id === name;
    default:
      return assignedName(statement) === name;
  }
}

function isSame(statement: Statement, module: string, name: string): boolean {
  return (
    statement.kind === 'import-from' &&
    '.'.repeat(statement.level) + statement.module === module &&
    statement.names.some(each => each.name === name && each.alias === null)
  );
}

function renamed<Code extends CodeWithImports>(code: Code, need: ImportNeed): Code {
  if (need.kind !== 'name') return code;
  const alias = `${need.module.startsWith('sqlalchemy') ? 'Sql' : 'Py'}${need.name}`;
  const word = new RegExp(`(?<![.\\w"'])${need.name}(?![\\w"'])`, 'g');
  const imports = code.imports.map(each =>
    each.kind === 'name' && each.module === need.module && each.name === need.name
      ? fromImport(need.module, `${need.name} as ${alias}`)
      : each,
  );
  return {
    ...code,
    blocks: code.blocks.map(lines => lines.map(line => line.replaceAll(word, alias))),
    imports,
  };
}
