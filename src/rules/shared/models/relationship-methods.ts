/** Methods that columns have and relationships lack, or that only the other kind of relationship has. */
import { rangeOf, type TextRange } from '../../../base/range.ts';
import type { Attribute, Call } from '../../../python/syntax.ts';
import type { RelationshipAttribute } from '../../../sqlalchemy/model.ts';

interface UnsupportedMethod {
  /** What it raises. */
  readonly message: string;
  /** What means the same and works; null where there are several ways. */
  readonly instead: Replacement | null;
}

interface Replacement {
  /** What is replaced of the call. */
  readonly range: (call: Call, called: Attribute) => TextRange;
  /** Beside the relationship as it is written. */
  readonly newText: (relationship: string) => string;
}

/** Null for a method that the relationship has, and for one that is not known here. */
export function unsupportedMethod(
  method: string,
  { name, collection }: RelationshipAttribute,
): UnsupportedMethod | null {
  switch (method) {
    case 'in_':
    case 'not_in':
    case 'notin_':
      return { message: notImplemented(name, method), instead: null };
    case 'is_':
    case 'is_not':
    case 'isnot':
      return { message: notImplemented(name, method), instead: comparisonWithNone(method) };
    case 'has':
      return collection ? otherKind(`${name} is a collection`, 'has', 'any') : null;
    case 'any':
      return collection ? null : otherKind(`${name} is one object`, 'any', 'has');
    default:
      return null;
  }
}

function notImplemented(name: string, method: string): string {
  return `${name} is a relationship, for which ${method}() is not supported: this raises NotImplementedError`;
}

/** `== None` asks for the lack of an object, and of any object in a collection. */
function comparisonWithNone(method: string): Replacement {
  const operator = method === 'is_' ? '==' : '!=';
  return { range: call => rangeOf(call), newText: written => `${written} ${operator} None` };
}

function otherKind(what: string, method: string, other: string): UnsupportedMethod {
  return {
    message: `${what}, for which ${method}() is not there: this raises InvalidRequestError; ${other}() is meant`,
    instead: { range: (_, called) => rangeOf(called.attribute), newText: () => other },
  };
}
