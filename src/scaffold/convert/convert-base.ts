/** `Base = declarative_base()` becomes a class that inherits from `DeclarativeBase`. */
import type { Argument, Assignment } from '../../python/syntax.ts';
import { fromImport } from '../python-code/import-need.ts';
import { assignedName } from '../python-syntax.ts';
import type { FileConversion } from './file-conversion.ts';

export function convertBases(conversion: FileConversion): number {
  let count = 0;
  for (const statement of conversion.file.module.body) {
    if (statement.kind === 'assignment' && convertBase(statement, conversion)) count += 1;
  }
  return count;
}

function convertBase(statement: Assignment, conversion: FileConversion): boolean {
  const { value: call } = statement;
  const name = assignedName(statement);
  if (call?.kind !== 'call' || name === null) return false;
  if (!conversion.libraryName(call.function)?.endsWith('.declarative_base')) return false;
  const leave = (reason: string): false => {
    conversion.leave(statement, `declarative_base() of ${name}`, reason);
    return false;
  };
  const other = call.arguments.find(({ keyword }) => keyword?.id !== 'metadata' && keyword?.id !== 'cls');
  if (other)
    return leave(`${conversion.textOf(other)} has no counterpart in a class statement that does the same.`);
  if (isAskedFor('DeclarativeMeta', conversion))
    return leave('code asks for DeclarativeMeta, which is not the metaclass of DeclarativeBase.');
  if (isAskedFor('type.__new__(type,', conversion))
    return leave('code makes classes by type.__new__(), which DeclarativeBase would map by itself.');
  const argument = (keyword: string): Argument | undefined =>
    call.arguments.find(each => each.keyword?.id === keyword);
  const [parent, metadata] = [argument('cls'), argument('metadata')];
  const bases = [...(parent ? [conversion.textOf(parent.value)] : []), 'DeclarativeBase'].join(', ');
  const body = metadata ? `metadata = ${conversion.textOf(metadata.value)}` : 'pass';
  conversion.edit(
    statement,
    `${gapBefore(statement, conversion)}class ${name}(${bases}):\n    ${body}${gapAfter(statement, conversion)}`,
  );
  conversion.replaced(call.function);
  conversion.need(fromImport('sqlalchemy.orm', 'DeclarativeBase'));
  return true;
}

function isAskedFor(name: string, { project }: FileConversion): boolean {
  return [...project.files.values()].some(file => file.text.includes(name));
}

/** Two empty lines around a class, as style guides have it. */
function gapBefore({ start }: Assignment, { file }: FileConversion): string {
  const before = file.text.slice(0, start);
  return before.trim() === '' ? '' : '\n'.repeat(Math.max(0, 3 - (/\n*$/.exec(before)?.[0].length ?? 0)));
}

function gapAfter({ end }: Assignment, { file }: FileConversion): string {
  const after = file.text.slice(end);
  return after.trim() === '' ? '' : '\n'.repeat(Math.max(0, 3 - (/^\n*/.exec(after)?.[0].length ?? 0)));
}
