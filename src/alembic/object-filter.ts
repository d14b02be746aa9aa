/**
 * What a function given as `include_object` or `include_name` decides on, by the words in it: which kinds of objects it
 * asks for, and whether it looks at what the models say. Its answers are not worked out.
 */
import type { Expression, FunctionDefinition, Module, Statement } from '../python/syntax.ts';
import { walkExpressions } from '../python/walk.ts';

export type FilteredKind = 'table' | 'column' | 'index' | 'unique_constraint' | 'foreign_key_constraint';

export interface ObjectFilter {
  readonly option: 'include_object' | 'include_name';
  /** Tables where it names no kind, or where it was not found. */
  readonly kinds: ReadonlySet<FilteredKind>;
  /** It reads `object.info`, by which models speak to filters. */
  readonly readsInfo: boolean;
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
  return { option, kinds: kinds.size === 0 ? new Set(['table'] as const) : kinds, readsInfo };
}

function functionNamed(name: string, body: readonly Statement[]): FunctionDefinition | null {
  const found = body.findLast(statement => statement.kind === 'function' && statement.name.id === name);
  return found?.kind === 'function' ? found : null;
}

function isKind(text: string): text is FilteredKind {
  return kindNames.has(text);
}
