/**
 * What a function given as `include_object` or `include_name` decides on, by the words in it: which kinds of objects it
 * asks for, and whether it looks at what the models say. Its answers are worked out by `filter-verdict.ts`.
 */
import type { Expression, FunctionDefinition, Lambda, Module, Statement } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';

export type FilteredKind = 'table' | 'column' | 'index' | 'unique_constraint' | 'foreign_key_constraint';

export interface ObjectFilter {
  readonly option: 'include_object' | 'include_name';
  /** Tables where it names no kind, or where it was not found. */
  readonly kinds: ReadonlySet<FilteredKind>;
  /** It reads `object.info`, by which models speak to filters. */
  readonly readsInfo: boolean;
  /** Where its name or lambda stands in env.py. */
  readonly start: number;
}

const kindNames: ReadonlySet<string> = new Set<FilteredKind>([
  'table',
  'column',
  'index',
  'unique_constraint',
  'foreign_key_constraint',
]);

/** `value` as written in the call of `context.configure`: a name of the module's, or a lambda. */
export function readObjectFilter(
  option: ObjectFilter['option'],
  value: Expression,
  module: Module,
): ObjectFilter {
  const kinds = new Set<FilteredKind>();
  let readsInfo = false;
  const body = value.kind === 'name' ? functionNamed(value.id, module.body) : value;
  if (body)
    walkExpressions(body, each => {
      if (each.kind === 'string' && each.value !== null && isKind(each.value)) kinds.add(each.value);
      if (each.kind === 'attribute' && each.attribute.id === 'info') readsInfo = true;
    });
  const { start } = value;
  return { option, kinds: kinds.size === 0 ? new Set(['table'] as const) : kinds, readsInfo, start };
}

/** The function or lambda itself, in the module that the filter was read in; null where that does not define it. */
export function filterFunction({ start }: ObjectFilter, module: Module): FunctionDefinition | Lambda | null {
  let found: FunctionDefinition | Lambda | null = null;
  walkExpressions(module, each => {
    if (each.start !== start) return;
    if (each.kind === 'lambda') found = each;
    if (each.kind === 'name') found = functionNamed(each.id, module.body);
  });
  return found;
}

function functionNamed(name: string, body: readonly Statement[]): FunctionDefinition | null {
  const found = body.findLast(statement => statement.kind === 'function' && statement.name.id === name);
  return found?.kind === 'function' ? found : null;
}

function isKind(text: string): text is FilteredKind {
  return kindNames.has(text);
}
