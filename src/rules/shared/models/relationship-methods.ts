/** Methods that columns have and relationships lack, or that only the other kind of relationship has. */
import type { Attribute, Call, Identifier } from '../../../python/syntax.ts';
import type { RelationshipAttribute } from '../../../sqlalchemy/model.ts';
import type { ReportedFix } from '../../rule.ts';
import { changeTo } from '../code/change-fix.ts';
import { writtenText } from '../code/operand-text.ts';

interface UnsupportedMethod {
  /** What it raises. */
  readonly message: string;
  /** What means the same and works; none where there are several ways. */
  readonly fixes: readonly ReportedFix[];
}

/** Null for a method that the relationship has, and for one that is not known here. `text`: of the file. */
export function unsupportedMethod(
  call: Call,
  { value, attribute: method }: Attribute,
  { name, collection }: RelationshipAttribute,
  text: string,
): UnsupportedMethod | null {
  switch (method.id) {
    case 'in_':
    case 'not_in':
    case 'notin_':
      return { message: notImplemented(name, method.id), fixes: [] };
    case 'is_':
    case 'is_not':
    case 'isnot': {
      // It asks for the lack of an object, and of any object in a collection.
      const comparison = `${writtenText(text, value)} ${method.id === 'is_' ? '==' : '!='} None`;
      return { message: notImplemented(name, method.id), fixes: [changeTo(call, comparison)] };
    }
    case 'has':
      return collection ? otherKind(`${name} is a collection`, method, 'any') : null;
    case 'any':
      return collection ? null : otherKind(`${name} is one object`, method, 'has');
    default:
      return null;
  }
}

function notImplemented(name: string, method: string): string {
  return `${name} is a relationship, for which ${method}() is not supported: this raises NotImplementedError`;
}

function otherKind(what: string, method: Identifier, other: string): UnsupportedMethod {
  return {
    message: `${what}, for which ${method.id}() is not there: this raises InvalidRequestError; ${other}() is meant`,
    fixes: [changeTo(method, other)],
  };
}
