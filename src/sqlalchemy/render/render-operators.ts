/** Operators as PostgreSQL's dialect of SQLAlchemy prints them. */
import { isEmptyCondition, typeOf } from '../statements/elements.ts';
import type { BinaryElement, Element, ListElement, UnaryElement } from '../statements/ir.ts';
import { type NamedOperator, operatorText } from '../statements/operators.ts';
import { isJson, isOwnType, NUMERIC } from '../statements/sql-type.ts';
import { stringLiteral } from './quoting.ts';
import type { Flags, Rendering } from './rendering.ts';
import { joined, type Sql } from './sql.ts';

export function renderBinary(rendering: Rendering, element: BinaryElement, flags: Flags): Sql {
  const { operator } = element;
  const inner: Flags = { ...flags, inOperator: true };
  const left = () => rendering.renderElement(rendering, element.left, inner);
  const right = () => rendering.renderElement(rendering, element.right, inner);
  if (typeof operator !== 'string') {
    const text = [left(), ` ${operator.custom} `, right()];
    return operator.eagerGrouping && flags.inOperator ? ['(', text, ')'] : text;
  }
  const escaped = element.modifier === null ? '' : ` ESCAPE ${stringLiteral(element.modifier)}`;
  switch (operator) {
    case 'truediv':
      return [left(), ' / ', rendering.renderElement(rendering, numericCast(element.right), flags)];
    case 'floordiv': {
      const integers =
        typeOf(element.left).family === 'integer' && typeOf(element.right).family === 'integer';
      const text = [left(), ' / ', right()];
      return integers ? text : ['FLOOR(', text, ')'];
    }
    case 'not-in': {
      const isEmpty = element.right.kind === 'bind' && element.right.expanding === 0;
      return ['(', left(), ' NOT IN ', isEmpty ? '(NULL) OR (1 = 1)' : right(), ')'];
    }
    case 'match':
      return [left(), ' @@ plainto_tsquery(', configuration(element), right(), ')'];
    case 'not-match':
      return ['NOT ', left(), ' @@ plainto_tsquery(', configuration(element), right(), ')'];
    case 'contains':
    case 'not-contains':
    case 'icontains':
    case 'not-icontains':
      return [left(), operatorText[operator], "'%' || ", right(), " || '%'", escaped];
    case 'startswith':
    case 'not-startswith':
    case 'istartswith':
    case 'not-istartswith':
      return [left(), operatorText[operator], right(), " || '%'", escaped];
    case 'endswith':
    case 'not-endswith':
    case 'iendswith':
    case 'not-iendswith':
      return [left(), operatorText[operator], "'%' || ", right(), escaped];
    case 'like':
    case 'not-like':
    case 'ilike':
    case 'not-ilike':
      return [
        rendering.renderElement(rendering, element.left, flags),
        operatorText[operator],
        rendering.renderElement(rendering, element.right, flags),
        escaped,
      ];
    case 'between':
    case 'not-between':
      return [left(), operatorText[operator], element.modifier === null ? '' : 'SYMMETRIC ', right()];
    case 'regexp-match':
    case 'not-regexp-match':
      return renderRegexpMatch(operator, element.modifier, left, right);
    case 'regexp-replace': {
      const flagsText = element.modifier === null ? '' : `, ${stringLiteral(element.modifier)}`;
      return ['REGEXP_REPLACE(', left(), ', ', right(), flagsText, ')'];
    }
    case 'getitem':
      return [left(), '[', right(), ']'];
    case 'json-getitem':
      return renderJsonItem(rendering, element, flags);
    case 'json-path-getitem': {
      const text = [left(), isJson(element.type) ? ' #> ' : ' #>> ', right()];
      return flags.inOperator ? ['(', text, ')'] : text;
    }
    case 'hstore-getitem':
      return element.left.kind === 'function'
        ? ['(', left(), ')[', right(), ']']
        : [left(), '[', right(), ']'];
    default:
      return [left(), operatorText[operator], right()];
  }
}

function numericCast(element: Element): Element {
  const type = typeOf(element);
  const kept = type.family === 'numeric' || type.family === 'float';
  return { kind: 'cast', element, type: kept ? type : NUMERIC, at: null };
}

function configuration(element: BinaryElement): Sql {
  return element.modifier === null ? '' : `${stringLiteral(element.modifier)}, `;
}

function renderRegexpMatch(
  operator: 'regexp-match' | 'not-regexp-match',
  flags: string | null,
  left: () => Sql,
  right: () => Sql,
): Sql {
  const sign = operator === 'regexp-match' ? '~' : '!~';
  if (flags === null) return [left(), ` ${sign} `, right()];
  if (flags === 'i') return [left(), ` ${sign}* `, right()];
  return [left(), ` ${sign} CONCAT('(?', ${stringLiteral(flags)}, ')', `, right(), ')'];
}

/** `column['key']` of a JSONB column is a subscript, of a JSON column an arrow. */
function renderJsonItem(rendering: Rendering, element: BinaryElement, flags: Flags): Sql {
  const inner: Flags = { ...flags, inOperator: true };
  const right = rendering.renderElement(rendering, element.right, inner);
  if (!isJson(element.type)) {
    const text = [rendering.renderElement(rendering, element.left, inner), ' ->> ', right];
    return flags.inOperator ? ['(', text, ')'] : text;
  }
  const left = rendering.renderElement(rendering, element.left, inner);
  // A TypeDecorator over JSONB is none to the dialect.
  if (typeOf(element.left).family === 'jsonb' && isOwnType(typeOf(element.left))) {
    const wrapped = element.left.kind === 'function' || element.left.kind === 'cast';
    return [wrapped ? ['(', left, ')'] : left, '[', right, ']'];
  }
  const text = [left, ' -> ', right];
  return flags.inOperator ? ['(', text, ')'] : text;
}

export function renderList(rendering: Rendering, element: ListElement, flags: Flags): Sql {
  const separator =
    typeof element.operator === 'string' ? operatorText[element.operator] : ` ${element.operator.custom} `;
  const inner: Flags = { ...flags, inOperator: element.operator !== 'comma' || flags.inOperator };
  return joined(
    element.elements
      .filter(each => !isEmptyCondition(each))
      .map(each => rendering.renderElement(rendering, each, inner)),
    separator,
  );
}

export function renderUnary(rendering: Rendering, element: UnaryElement, flags: Flags): Sql {
  const operand = rendering.renderElement(rendering, element.element, { ...flags, columnsClause: false });
  const text =
    typeof element.operator === 'string'
      ? operatorText[element.operator as NamedOperator]
      : `${element.operator.custom} `;
  return element.position === 'before' ? [text, operand] : [operand, text];
}
