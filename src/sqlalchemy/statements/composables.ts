/**
 * `psycopg.sql` and `psycopg2.sql`, which put statements together out of objects: text, quoted names, values and
 * placeholders. Values stay open, as they are quoted when the program runs.
 */
import type { Call } from './evaluation.ts';
import { COMPOSABLE, joinedText, partsOf, textValue } from './text-parts.ts';
import { type Located, PYTHON, type TextPart, type Value } from './value.ts';

/** Null for other names. */
export function composableOf(name: string, call: Call): Value | null {
  const { positional } = call.arguments;
  const [first] = positional;
  switch (/^psycopg2?\.sql\.(\w+)$/.exec(name)?.[1]) {
    case 'SQL':
      return first === undefined ? PYTHON : made(partsOf(first.value, first.at) ?? []);
    case 'Identifier':
      return identifier(positional);
    case 'Literal':
      return made([{ kind: 'hole', at: call.at, source: call.at, how: 'composed', value: PYTHON }]);
    case 'Placeholder':
      return placeholder(call, first);
    case 'Composed':
      return first === undefined ? PYTHON : (joinedText([], first.value, COMPOSABLE) ?? PYTHON);
    default:
      return null;
  }
}

function made(parts: readonly TextPart[]): Value {
  return textValue(parts, COMPOSABLE);
}

/** `Identifier("shop", "users")`: each name in quotes, dots between. */
function identifier(names: readonly Located[]): Value {
  const parts = names.flatMap((each, index): readonly TextPart[] => {
    const dot: readonly TextPart[] = index > 0 ? [{ kind: 'text', text: '.', at: each.at }] : [];
    return [...dot, quotedName(each)];
  });
  return made(parts);
}

function quotedName({ value, at }: Located): TextPart {
  if (value.kind !== 'constant' || typeof value.value !== 'string')
    return { kind: 'hole', at, source: at, how: 'composed', value };
  // The literal with its quotes is as long, so that the place of the name is known within it.
  return { kind: 'text', text: `"${value.value.replaceAll('"', '""')}"`, at };
}

/** `Placeholder()` and `Placeholder("name")`. */
function placeholder(call: Call, name: Located | undefined): Value {
  if (name === undefined) return made([{ kind: 'text', text: '%s', at: call.at }]);
  const { value } = name;
  return value.kind === 'constant' && typeof value.value === 'string'
    ? made([{ kind: 'text', text: `%(${value.value})s`, at: call.at }])
    : PYTHON;
}
