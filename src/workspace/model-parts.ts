/**
 * The modules that mapped classes are made of although they name no library of ours: those of base classes and mixins,
 * enums, types, and functions that give a name. Worked out from parsed files alone, a file's part kept with the file.
 */
import { lastName } from '../python/last-name.ts';
import { folderOf } from '../python/modules/module-names.ts';
import { createModuleTable } from '../python/modules/modules.ts';
import { absoluteModule } from '../python/modules/qualify.ts';
import type { ClassDefinition, Expression, Statement } from '../python/syntax.ts';
import { walk } from '../python/walk.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';

/** A name that a module is asked for, and what is asked of that in turn: `models.enums.Status`. */
interface Need {
  readonly module: string;
  readonly path: readonly string[];
}

const STEP_LIMIT = 6;

const looksMapped = /\b(?:__tablename__|__table__|Mapped|mapped_column|Column|relationship|table=True)\b/;

/** A name that is imported, and by whom: what it leads to may depend on where that stands. */
export interface MissingModule {
  readonly name: string;
  readonly importer: SourceFile;
}

/** Modules that the files do not hold, some of which may not be of the workspace. `added` were found by this before. */
export function missingModules(
  files: readonly SourceFile[],
  added: ReadonlySet<SourceFile>,
  external: ReadonlySet<string>,
): readonly MissingModule[] {
  const byPath = new Map(files.map(file => [file.path, file]));
  const table = createModuleTable(files, { external });
  const find = (name: string, importer: SourceFile) => byPath.get(table.find(name, importer)?.path ?? '');
  const needed = (file: SourceFile) => (added.has(file) ? basesOf(file) : needsOf(file));
  const missing = new Map<string, MissingModule>();
  for (const file of files)
    for (const need of needed(file))
      for (const each of modulesFor(need, file, find)) missing.set(keyOf(each), each);
  return [...missing.values()];
}

/** The same for what leads to the same files: where a name of one part alone stands decides what it means. */
function keyOf({ name, importer }: MissingModule): string {
  return name.includes('.') ? name : `${name} ${folderOf(importer.path)}`;
}

/** All of a file that `missingModules` depends on, to be compared. */
export function surfaceOf(file: SourceFile): string {
  const exports = [...file.symbols.exports.keys()].map(name => [name, imported(name, [], file)]);
  const starred = file.symbols.starImports.map(node => absoluteModule(node, file));
  return JSON.stringify([exports, starred, needsOf(file), basesOf(file)]);
}

const needs = new WeakMap<SourceFile, readonly Need[]>();
const bases = new WeakMap<SourceFile, readonly Need[]>();

function needsOf(file: SourceFile): readonly Need[] {
  const known = needs.get(file);
  if (known !== undefined) return known;
  const read = distinct(
    file.module.body.flatMap(statement => partsOf(statement, file)).flatMap(namesIn(file)),
  );
  needs.set(file, read);
  return read;
}

function basesOf(file: SourceFile): readonly Need[] {
  const known = bases.get(file);
  if (known !== undefined) return known;
  const classes = file.module.body.filter(statement => statement.kind === 'class');
  const read = distinct(
    classes.flatMap(each => each.arguments.map(({ value }) => value)).flatMap(namesIn(file)),
  );
  bases.set(file, read);
  return read;
}

function distinct(read: readonly Need[]): readonly Need[] {
  return [...new Map(read.map(need => [`${need.module} ${need.path.join('.')}`, need])).values()];
}

function partsOf(statement: Statement, file: SourceFile): readonly (Expression | Statement)[] {
  if (statement.kind === 'class') {
    const isMapped = looksMapped.test(file.text.slice(statement.start, statement.end));
    return isMapped ? partsOfClass(statement) : [];
  }
  if (statement.kind !== 'assignment' || statement.value?.kind !== 'call') return [];
  return lastName(statement.value.function)?.endsWith('Table') ? [statement.value] : [];
}

/** Without the bodies of plain methods, which say nothing of the mapping. */
function partsOfClass({ arguments: given, body }: ClassDefinition): readonly (Expression | Statement)[] {
  const inside = body.filter(
    each => each.kind === 'assignment' || (each.kind === 'function' && each.decorators.length > 0),
  );
  return [...given.map(each => each.value), ...inside];
}

/** Names and chains of attributes whose first name is imported. */
function namesIn(file: SourceFile): (part: Expression | Statement) => readonly Need[] {
  return part => {
    const found: Need[] = [];
    for (const node of walk(part)) {
      if (node.kind !== 'name' && node.kind !== 'attribute') continue;
      const need = needOf(node, file);
      if (need !== null) found.push(need);
    }
    return found;
  };
}

function needOf(expression: Expression, file: SourceFile): Need | null {
  const path: string[] = [];
  let root = expression;
  for (; root.kind === 'attribute'; root = root.value) path.unshift(root.attribute.id);
  return root.kind === 'name' ? imported(root.id, path, file) : null;
}

function imported(name: string, path: readonly string[], file: SourceFile): Need | null {
  const binding = file.symbols.exports.get(name)?.at(-1);
  if (binding?.kind === 'import') return { module: binding.module, path };
  if (binding?.kind !== 'import-from') return null;
  const module = absoluteModule(binding.node, file);
  return module === null ? null : { module, path: [binding.imported, ...path] };
}

/** Follows re-exports as far as they are parsed, to the modules beyond. */
function modulesFor(
  need: Need,
  file: SourceFile,
  find: (name: string, importer: SourceFile) => SourceFile | undefined,
): readonly MissingModule[] {
  let [{ module, path }, importer] = [need, file];
  for (let step = 0; step < STEP_LIMIT; step++) {
    const found = find(module, importer);
    const [name, ...rest] = path;
    if (found === undefined)
      return (name === undefined ? [module] : [module, `${module}.${name}`]).map(each => ({
        name: each,
        importer,
      }));
    if (name === undefined) return [];
    const next = imported(name, rest, found);
    if (next !== null) [{ module, path }, importer] = [next, found];
    else if (found.symbols.exports.has(name)) return [];
    else if (found.symbols.starImports.length > 0) {
      const starred = found.symbols.starImports.map(node => absoluteModule(node, found));
      return starred.flatMap(each => (each === null ? [] : { name: each, importer: found }));
    } else [module, path] = [`${module}.${name}`, rest];
  }
  return [];
}
