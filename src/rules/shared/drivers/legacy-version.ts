/** Projects that are on SQLAlchemy 1.4 or older, where what 2.0 took away still works. */
import { isAtLeast } from '../../../python/packages/version.ts';
import type { SourceFile } from '../../../sqlalchemy/project.ts';
import type { FileContext } from '../../rule.ts';

/** As the project's packages say; where they leave it open, as its code does. */
export function isBefore2(context: FileContext): boolean {
  const { file, project } = context;
  const isModern = isAtLeast(project.packagesOf(file.path).versionOf('sqlalchemy'), 2);
  return isModern === null ? isWrittenFor1(context) : !isModern;
}

/** Names that came with 2.0: who has one does not run on 1.4. */
const modern =
  /\b(?:mapped_column|DeclarativeBase(?:NoMeta)?|MappedAsDataclass|(?:WriteOnly|Dynamic)Mapped|async_sessionmaker|AsyncAttrs)\b/;

/** What follows on its line is no comment, and most likely no prose. */
const code = '^[^#"\'\\n]*';

/**
 * What 2.0 refuses when the application starts: removed names that are imported or inherited from, arguments of engines, sessions and
 * metadata that are gone, and Python 2. Code that has it cannot have run on 2.0, not even in part.
 */
const beforeStart = [
  /^from sqlalchemy(?:\.\w+)* import [^#\n]*\b(?:relation|eagerload|(?:joined|subquery|lazy|selectin)load_all|compile_mappers|comparable_property|PassiveDefault|ThreadLocalMetaData|RowProxy|Connectable|RemovedIn20Warning)\b/,
  /^(?:from|import) sqlalchemy\.(?:databases|interfaces|processors|exceptions|ext\.declarative\.(?:api|base|clsregistry))\b/,
  /\b(?:MapperExtension|SessionExtension|AttributeExtension|ConnectionProxy|PoolListener)\b/,
  /\bMetaData\(\s*(?:bind\s*=|engine\b)|\bmeta(?:data)?\.bind\s*=(?!=)/,
  /\bconvert_unicode\s*=|\bstrategy\s*=\s*["']threadlocal|\b(?:sessionmaker|create_session)\([^()]*\bautocommit\s*=\s*True/,
  /\bexcept [\w.]+, \w+:|^\s*print ["'\w]/,
].map(pattern => new RegExp(`${pattern.source.startsWith('^') ? '' : code}${pattern.source}`, 'm'));

/** What 2.0 refuses when it is called: any project may have a mistake, so that one file of it says nothing. */
const whenCalled = [
  /\b(?:select|case)\(\s*\[/,
  /\b\w*engine\w*\.execute\(/,
  /\b(?:from_self|with_lockmode|table_names)\(/,
  /\b(?:joined|subquery|selectin|lazy|contains_)\w*load\(\s*["']\w/,
  /\bautoload\s*=\s*True\b/,
].map(pattern => new RegExp(`${code}${pattern.source}`, 'm'));

const filesThatSettle = 3;

function isWrittenFor1({ file, project }: FileContext): boolean {
  const packages = project.packagesOf(file.path);
  const ofProject = (other: SourceFile) => project.packagesOf(other.path) === packages;
  if (project.filesWith(modern).some(ofProject)) return false;
  if (beforeStart.some(pattern => project.filesWith(pattern).some(ofProject))) return true;
  const calling = new Set(whenCalled.flatMap(pattern => project.filesWith(pattern).filter(ofProject)));
  calling.delete(file);
  return calling.size >= filesThatSettle;
}
