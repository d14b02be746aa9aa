/** Functions that a module registers under names of its own: subclasses of GenericFunction, which print what they like. */
import type { ClassDefinition } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import type { SourceFile } from '../project.ts';

const namesByFile = new WeakMap<SourceFile, ReadonlySet<string>>();

/** Whether `func.NAME` of this file is one of its own that prints otherwise than by its name. */
export function isCustomFunction(file: SourceFile, name: string): boolean {
  const known = namesByFile.get(file) ?? readNames(file);
  namesByFile.set(file, known);
  return known.has(name.toLowerCase());
}

function readNames(file: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  if (!file.text.includes('GenericFunction')) return names;
  walkStatements(file.module, statement => {
    if (statement.kind !== 'class' || !isFunctionClass(statement)) return;
    const settings = settingsOf(statement);
    const isOwn = settings.size > 0 || statement.body.some(each => each.kind === 'function');
    if (!isOwn) return;
    const written = settings.get('identifier') ?? settings.get('name') ?? statement.name.id;
    names.add(written.toLowerCase());
  });
  return names;
}

function isFunctionClass({ arguments: bases }: ClassDefinition): boolean {
  return bases.some(({ value }) => {
    const name = value.kind === 'attribute' ? value.attribute.id : value.kind === 'name' ? value.id : '';
    return name === 'GenericFunction' || name === 'ReturnTypeFromArgs' || name === 'AnsiFunction';
  });
}

/** `name = "…"`, also `name = quoted_name("…", …)`, and its kin. */
function settingsOf({ body }: ClassDefinition): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const statement of body) {
    if (statement.kind !== 'assignment') continue;
    const [target] = statement.targets;
    const value = statement.value?.kind === 'call' ? statement.value.arguments[0]?.value : statement.value;
    if (target?.kind !== 'name' || value?.kind !== 'string' || value.value === null) continue;
    if (['name', 'identifier', 'package'].includes(target.id)) settings.set(target.id, value.value);
  }
  return settings;
}
