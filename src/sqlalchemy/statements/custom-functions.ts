/** Functions that a module registers under names of its own: subclasses of GenericFunction, which print what they like. */
import { lastName } from '../../python/last-name.ts';
import type { ClassDefinition } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import type { SourceFile } from '../project.ts';

export interface CustomFunction {
  /** What is printed; null where the class itself says it while the program runs. */
  readonly name: string | null;
}

const functionsByFile = new WeakMap<SourceFile, ReadonlyMap<string, CustomFunction>>();

/** The function of this file's own that `func.NAME` is; undefined for any other. */
export function customFunction(file: SourceFile, name: string): CustomFunction | undefined {
  const known = functionsByFile.get(file) ?? readFunctions(file);
  functionsByFile.set(file, known);
  return known.get(name.toLowerCase());
}

function readFunctions(file: SourceFile): ReadonlyMap<string, CustomFunction> {
  const functions = new Map<string, CustomFunction>();
  if (!file.text.includes('GenericFunction')) return functions;
  walkStatements(file.module, statement => {
    if (statement.kind !== 'class' || !isFunctionClass(statement)) return;
    const settings = settingsOf(statement);
    const isSimple = statement.body.every(each => each.kind !== 'function') && !settings.has('?');
    const name = settings.get('name') ?? statement.name.id;
    const identifier = (settings.get('identifier') ?? name).toLowerCase();
    // Two classes of one name: which of them counts depends on what ran last.
    functions.set(identifier, { name: isSimple && !functions.has(identifier) ? name : null });
  });
  return functions;
}

function isFunctionClass({ arguments: bases }: ClassDefinition): boolean {
  return bases.some(({ value }) => {
    const name = lastName(value);
    return name === 'GenericFunction' || name === 'ReturnTypeFromArgs' || name === 'AnsiFunction';
  });
}

/** `name = "…"` and its kin; `?` among them where one is no plain string. */
function settingsOf({ body }: ClassDefinition): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const statement of body) {
    const target = statement.kind === 'assignment' ? statement.targets[0] : undefined;
    if (statement.kind !== 'assignment' || target?.kind !== 'name') continue;
    if (!['name', 'identifier', 'package'].includes(target.id)) continue;
    const { value } = statement;
    if (value?.kind === 'string' && value.value !== null) settings.set(target.id, value.value);
    else {
      settings.set('?', '');
      if (value?.kind === 'call' && value.arguments[0]?.value.kind === 'string')
        settings.set(target.id, value.arguments[0].value.value ?? '');
    }
  }
  return settings;
}
