/** Whether Python takes a value for true: what `and`, `or`, `not` and `if` do with SQL expressions. */
import type { Value } from './value.ts';

export const REFUSED_TRUTH = 'Python cannot take this expression for true or false.';

/** Null where it depends on the program; `refused` where asking raises a TypeError. */
export function pythonTruth(value: Value): boolean | 'refused' | null {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value);
    case 'list':
      return value.repeated ? null : value.elements.length > 0;
    case 'dict':
      return value.entries.length > 0;
    case 'element': {
      // SQLAlchemy compares the identities of both sides, so that columns work as keys of dictionaries.
      const { element, mapped } = value;
      if (mapped !== null) return true;
      if (element.kind !== 'binary') return 'refused';
      if (element.operator === 'eq') return false;
      return element.operator === 'ne' ? true : 'refused';
    }
    case 'entity':
    case 'relationship':
      return true;
    case 'from':
      return 'refused';
    case 'statement':
      return value.node.kind === 'select' && value.node.legacy ? true : 'refused';
    default:
      return null;
  }
}
