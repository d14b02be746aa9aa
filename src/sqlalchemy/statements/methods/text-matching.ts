/** LIKE and its kin, and PostgreSQL's containment operators that share their names. */
import { operandOf } from '../coercion.ts';
import { binary, typeOf } from '../elements.ts';
import { argument, type Call, constantArgument } from '../evaluation.ts';
import type { Element } from '../ir.ts';
import { literalBeside, negationOf } from '../operations.ts';
import { BOOLEAN, UNTOLD_TYPE } from '../sql-type.ts';
import type { Located } from '../value.ts';

export type ColumnMethod = (self: Element, call: Call) => Element | null;

export function withOperand(make: (call: Call, self: Element, other: Located) => Element): ColumnMethod {
  return (self, call) => {
    const other = call.arguments.positional[0] ?? call.arguments.keywords.get('other');
    return other === undefined ? null : make(call, self, other);
  };
}

export function matching(operator: 'like' | 'not-like' | 'ilike' | 'not-ilike'): ColumnMethod {
  return (self, call) => {
    const other = argument(call, 0, 'other');
    if (other === undefined) return null;
    const character = constantArgument(call, 1, 'escape');
    const right = operandOf(call.evaluation, other, literalBeside(self, operator));
    const modifier = typeof character === 'string' ? character : null;
    return binary(self, operator, right, {
      type: BOOLEAN,
      negate: negationOf(operator),
      modifier,
      at: call.at,
    });
  };
}

type Affix = 'startswith' | 'istartswith' | 'endswith' | 'iendswith' | 'contains' | 'icontains';

export function affix(operator: Affix): ColumnMethod {
  return (self, call) => {
    const other = argument(call, 0, 'other');
    if (other === undefined) return null;
    const character = constantArgument(call, 99, 'escape');
    const escapes = call.arguments.keywords.get('autoescape')?.value;
    const isEscaped = escapes?.kind === 'constant' && Boolean(escapes.value);
    const modifier = typeof character === 'string' ? character : isEscaped ? '/' : null;
    const insensitive = operator.startsWith('i');
    const right = operandOf(call.evaluation, other, literalBeside(self, operator));
    const left = insensitive ? lowered(self) : self;
    const pattern = insensitive ? lowered(right) : right;
    return binary(left, operator, pattern, {
      type: BOOLEAN,
      negate: negationOf(operator),
      modifier,
      at: call.at,
    });
  };
}

/** PostgreSQL has ILIKE, so nothing is put in lower case. */
function lowered(each: Element): Element {
  return each;
}

export function contains(self: Element, call: Call): Element | null {
  const { family } = typeOf(self);
  if (family === 'array' || family === 'jsonb' || family === 'range' || family === 'hstore')
    return custom('@>')(self, call);
  // Of an array or a document it asks for what that holds.
  return typeOf(self) === UNTOLD_TYPE ? null : affix('contains')(self, call);
}

export function custom(text: string): ColumnMethod {
  const operator = { custom: text, precedence: 5, comparison: true, eagerGrouping: false };
  return withOperand((call, self, other) =>
    binary(self, operator, operandOf(call.evaluation, other, literalBeside(self, operator)), {
      type: BOOLEAN,
      at: call.at,
    }),
  );
}
