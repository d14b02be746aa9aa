/** Python's operators on constants; undefined where the operands do not fit or the result is not followed. */
import type { ComparisonOperator } from '../../python/syntax.ts';
import type { Constant } from './site.ts';

export function binary(
  operator: string,
  left: Constant | undefined,
  right: Constant | undefined,
): Constant | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    if (operator === '+') return left + right;
    return operator === '%' && left.split('%s').length === 2 ? left.replace('%s', () => right) : undefined;
  }
  if (operator === '%' && typeof left === 'string' && Array.isArray(right)) return filledIn(left, right);
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '**':
      return left ** right;
    case '//':
      return right === 0 ? undefined : Math.floor(left / right);
    default:
      return undefined;
  }
}

/** `"%s@%s" % (user, host)`. */
function filledIn(template: string, values: readonly Constant[]): string | undefined {
  const parts = template.split(/%[sd]/);
  const isPlain = values.every(each => typeof each === 'string' || typeof each === 'number');
  if (!isPlain || parts.length !== values.length + 1 || parts.some(part => part.includes('%')))
    return undefined;
  return parts.map((part, index) => (index === 0 ? part : `${values[index - 1]}${part}`)).join('');
}

/** One step of a comparison. Values of different types are equal only to themselves, and not ordered. */
export function compare(operator: ComparisonOperator, left: Constant, right: Constant): boolean | undefined {
  switch (operator) {
    case '==':
      return isScalar(left) && isScalar(right) ? left === right : undefined;
    case '!=':
      return isScalar(left) && isScalar(right) ? left !== right : undefined;
    case 'is':
      return right === null ? left === null : undefined;
    case 'is not':
      return right === null ? left !== null : undefined;
    case 'in':
      return contains(right, left);
    case 'not in': {
      const inside = contains(right, left);
      return inside === undefined ? undefined : !inside;
    }
    default:
      return ordered(operator, left, right);
  }
}

function ordered(operator: string, left: Constant, right: Constant): boolean | undefined {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function isScalar(value: Constant): boolean {
  return value === null || typeof value !== 'object';
}

function contains(container: Constant, value: Constant): boolean | undefined {
  if (typeof container === 'string') return typeof value === 'string' ? container.includes(value) : undefined;
  return Array.isArray(container) && isScalar(value) ? container.includes(value) : undefined;
}

/** `value[index]`. */
export function itemOf(value: Constant, index: Constant): Constant | undefined {
  if (typeof value === 'string' && typeof index === 'number') return [...value].at(index);
  if (Array.isArray(value) && typeof index === 'number') return value.at(index);
  return undefined;
}

/** `value[lower:upper]`. */
export function sliceOf(value: Constant, lower: number | null, upper: number | null): Constant | undefined {
  const [start, end] = [lower ?? 0, upper ?? undefined];
  if (typeof value === 'string') return [...value].slice(start, end).join('');
  return Array.isArray(value) ? value.slice(start, end) : undefined;
}
