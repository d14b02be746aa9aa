/** What tells one call of a function from another: calls of one key give the same, and the function is looked into once. */
import { describedValue } from './described-value.ts';
import type { Evaluation } from './evaluation.ts';
import type { Arguments } from './given-arguments.ts';
import { dictionariesOf } from './given-dictionaries.ts';
import { type FunctionValue, isPlain, type Located, type Value } from './value.ts';

/** The same for each call that gives the same, wherever it stands; deep inside calls less is followed. */
export function describedCall(
  { depth }: Evaluation,
  { node, file, self, owner, hybrid, fixture, closure }: FunctionValue,
  { positional, keywords, open }: Arguments,
): string | null {
  if (closure !== null || hybrid || fixture || open !== null) return null;
  const parts = [`${depth}`, file.path, `${node.start}`, owner ?? ''];
  for (const [name, value] of [
    ['self', self],
    ...positional.map(each => ['', each.value] as const),
    ...[...keywords].map(([name, each]) => [name, each.value] as const),
  ] as const) {
    const described = value === null ? '' : describedValue(value);
    if (described === null) return null;
    parts.push(`${name}=${described}`);
  }
  return parts.join('|');
}

/** Arguments that the result may be made of. */
function takesPart({ value }: Located): boolean {
  if (value.kind === 'constant') return false;
  return !isPlain(value) || dictionariesOf(value).length > 0;
}

/** The same for each call that gives the same parameters, whatever their plain values; null where SQL is among them. */
export function keyOf(callee: FunctionValue, given: Arguments): string | null {
  if (callee.closure !== null) return null;
  if (given.positional.some(takesPart) || [...given.keywords.values()].some(takesPart)) return null;
  const { node, file, self } = callee;
  if (self?.kind === 'entity' && self.alias) return null;
  const kinds = [
    ...given.positional.map((each, index) => [String(index), each] as const),
    ...given.keywords,
  ].map(([name, { value }]) => `${name}=${value.kind === 'constant' ? JSON.stringify(value.value) : ''}`);
  return [file.path, node.start, receiverOf(self), given.open === null ? '' : 'open', ...kinds].join('|');
}

function receiverOf(self: Value | null): string {
  switch (self?.kind) {
    case 'object':
      return `${self.class.qualifiedName}()`;
    case 'class':
      return self.qualifiedName;
    case 'entity':
      return self.model.qualifiedName;
    default:
      return self?.kind ?? '';
  }
}
