/** Functions that a module registers under names of its own: subclasses of GenericFunction, which print what they like. */
import { lastName } from '../../python/last-name.ts';
import type { Call, ClassDefinition } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import type { SourceFile } from '../project.ts';

export interface CustomFunction {
  /** What is printed; null where the class itself says it while the program runs. */
  readonly name: string | null;
  /** It is printed in quotes. */
  readonly isQuoted?: boolean;
}

const functionsByFile = new WeakMap<SourceFile, ReadonlyMap<string, CustomFunction>>();

/** The function that a class of this file is, called by itself; null for any other class. */
export function functionOfClass(node: ClassDefinition): CustomFunction | null {
  return isFunctionClass(node) ? readFunction(node) : null;
}

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
    const made = readFunction(statement);
    const identifier = made.identifier.toLowerCase();
    // Two classes of one name: which of them counts depends on what ran last.
    functions.set(identifier, functions.has(identifier) ? { name: null } : made);
  });
  return functions;
}

interface RegisteredFunction extends CustomFunction {
  /** What `func.…` knows it by. */
  readonly identifier: string;
}

function readFunction(node: ClassDefinition): RegisteredFunction {
  const settings = settingsOf(node);
  const isSimple = node.body.every(each => each.kind !== 'function') && !settings.has('?');
  const written = settings.get('name') ?? node.name.id;
  return {
    name: isSimple ? written : null,
    isQuoted: settings.has('quoted name'),
    identifier: settings.get('identifier') ?? written,
  };
}

function isFunctionClass({ arguments: bases }: ClassDefinition): boolean {
  return bases.some(({ value }) => {
    const name = lastName(value);
    return name === 'GenericFunction' || name === 'ReturnTypeFromArgs' || name === 'AnsiFunction';
  });
}

/** `quoted_name("…", True)`, or with `quote=True`. */
function isQuotedName({ function: callee, arguments: given }: Call): boolean {
  const quote = given[1]?.value;
  return lastName(callee) === 'quoted_name' && quote?.kind === 'constant' && quote.value === 'True';
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
      const name = value?.kind === 'call' ? value.arguments[0]?.value : undefined;
      if (name?.kind === 'string') settings.set(target.id, name.value ?? '');
      const isQuoted = value?.kind === 'call' && isQuotedName(value);
      settings.set(isQuoted ? `quoted ${target.id}` : '?', '');
    }
  }
  return settings;
}
