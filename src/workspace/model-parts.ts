/**
 * The modules that mapped classes are made of although they name no library of ours: those of base classes and mixins,
 * enums, types, and functions that give a name. Worked out from parsed files alone, a file's part kept with the file.
 */
import { lastName } from '../python/last-name.ts';
import { absoluteModule } from '../python/qualify.ts';
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

/** Names of modules that the files do not hold, some of which may not be of the workspace. `added` were found by this before. */
export function missingModules(
  files: readonly SourceFile[],
  added: ReadonlySet<SourceFile>,
): ReadonlySet<string> {
  const byName = new Map(files.map(file => [file.name, file]));
  const missing = new Set<string>();
  for (const file of files)
    for (const need of added.has(file) ? basesOf(file) : needsOf(file))
      for (const module of modulesFor(need, byName)) missing.add(module);
  return missing;
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
  const read = file.module.body.flatMap(statement => partsOf(statement, file)).flatMap(namesIn(file));
  needs.set(file, read);
  return read;
}

function basesOf(file: SourceFile): readonly Need[] {
  const known = bases.get(file);
  if (known !== undefined) return known;
  const classes = file.module.body.filter(statement => statement.kind === 'class');
  const read = classes.flatMap(each => each.arguments.map(({ value }) => value)).flatMap(namesIn(file));
  bases.set(file, read);
  return read;
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
function modulesFor(need: Need, byName: ReadonlyMap<string, SourceFile>): readonly string[] {
  let { module, path } = need;
  for (let step = 0; step < STEP_LIMIT; step++) {
    const file = byName.get(module);
    const [name, ...rest] = path;
    if (file === undefined) return name === undefined ? [module] : [module, `${module}.${name}`];
    if (name === undefined) return [];
    const next = imported(name, rest, file);
    if (next !== null) ({ module, path } = next);
    else if (file.symbols.exports.has(name)) return [];
    else if (file.symbols.starImports.length > 0) {
      const starred = file.symbols.starImports.map(node => absoluteModule(node, file));
      return starred.filter(each => each !== null);
    } else [module, path] = [`${module}.${name}`, rest];
  }
  return [];
}
