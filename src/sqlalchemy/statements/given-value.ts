/** What is known of the Python value that becomes a parameter. */
import type { GivenValue } from '../given-value.ts';
import type { Located, Value } from './value.ts';

export function givenValue({ value, at }: Pick<Located, 'value' | 'at'>): GivenValue {
  return {
    location: at,
    class: classOf(value),
    elements: elementsOf(value),
    aware: value.kind === 'python' ? (value.aware ?? null) : null,
    constant: value.kind === 'constant' || value.kind === 'list' || value.kind === 'dict',
  };
}

function elementsOf(value: Value): string | null {
  if (value.kind === 'python') return value.item ?? null;
  if (value.kind !== 'list') return null;
  const [first = null, ...others] = value.elements.map(each => classOf(each.value));
  return others.every(each => each === first) ? first : null;
}

function classOf(value: Value): string | null {
  switch (value.kind) {
    case 'constant':
      if (value.value === null) return 'None';
      if (typeof value.value === 'string') return 'builtins.str';
      if (typeof value.value === 'boolean') return 'builtins.bool';
      return value.float ? 'builtins.float' : 'builtins.int';
    case 'python':
      return value.type;
    case 'list':
      return 'builtins.list';
    case 'dict':
      return 'builtins.dict';
    default:
      return null;
  }
}
