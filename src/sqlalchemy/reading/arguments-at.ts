/** A call's arguments with `*` and `**` followed to the lists and dictionaries that a file writes out once under a name. */
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf, type CallArguments } from './arguments.ts';
import { referenceOf } from './reference.ts';
import type { Site } from './site.ts';

/** As `argumentsOf`; what stands in another file stays hidden, since it would be read here, but for literals. */
export function argumentsAt(call: Call, site: Site): CallArguments {
  const given = argumentsOf(call);
  if (!given.open) return given;
  const keywords = new Map<string, Expression>();
  const positional: Expression[] = [];
  let open = false;
  for (const { keyword, unpacked, value } of call.arguments) {
    if (keyword) keywords.set(keyword.id, value);
    else if (unpacked) {
      const entries = entriesOf(value, site);
      open ||= entries === null;
      for (const [name, each] of entries ?? []) keywords.set(name, each);
    } else if (value.kind !== 'starred') positional.push(value);
    else {
      const list = written(value.value, site);
      if (list?.kind === 'list' || list?.kind === 'tuple') positional.push(...list.elements);
      else open = true;
    }
  }
  return { positional, keywords, open };
}

/** `{"lazy": "joined"}` and `dict(lazy="joined")`; null where a key is not written out. */
export function entriesOf(expression: Expression, site: Site): ReadonlyMap<string, Expression> | null {
  const value = written(expression, site);
  if (value?.kind === 'call') {
    const isDict = value.function.kind === 'name' && value.function.id === 'dict';
    const { keywords, positional, open } = argumentsOf(value);
    return isDict && !open && positional.length === 0 ? keywords : null;
  }
  if (value?.kind !== 'dict') return null;
  const entries = new Map<string, Expression>();
  for (const { key, value: each } of value.entries) {
    if (key?.kind !== 'string' || key.value === null) return null;
    entries.set(key.value, each);
  }
  return entries;
}

function written(expression: Expression, site: Site): Expression | null {
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return expression;
  const bound = expression.kind === 'name' ? site.locals.get(expression.id) : undefined;
  if (bound) return bound.kind === 'expression' && isLiteral(bound.expression) ? bound.expression : null;
  const reference = referenceOf(expression, site);
  const value = reference.kind === 'variable' ? reference.node.value : null;
  if (reference.kind !== 'variable' || value === null) return null;
  return reference.file === site.file || isLiteral(value) ? value : null;
}

/** A dictionary of values that mean the same wherever they are read. */
function isLiteral(expression: Expression): boolean {
  return (
    expression.kind === 'dict' &&
    expression.entries.every(
      ({ value }) => value.kind === 'constant' || value.kind === 'number' || value.kind === 'string',
    )
  );
}
