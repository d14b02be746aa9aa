/** SQLAlchemy's functions that make expressions: `and_`, `case`, `cast`, `literal`, `bindparam`, `text`, … */

import { conditionOf, literal, operandOf, orderingOf, spread, unknownFrom } from '../coercion.ts';
import { propertyValue } from '../column-properties.ts';
import { binary, conjunction, grouped, typeOf, unary } from '../elements.ts';
import { selectOf } from '../empty-select.ts';
import { argument, type Call, constantArgument, type Evaluation } from '../evaluation.ts';
import { fromOf } from '../from-values.ts';
import type { Element, SelectNode } from '../ir.ts';
import { columnMethods } from '../methods/column-methods.ts';
import { over } from '../methods/function-methods.ts';
import { conditions } from '../methods/select-methods.ts';
import { withParent } from '../methods/with-parent.ts';
import { negate } from '../operations.ts';
import { itemsOf } from '../select-items.ts';
import { BOOLEAN, NULL_TYPE } from '../sql-type.ts';
import { typeOfValue } from '../type-values.ts';
import { constantValue, element, isPlain, type Located, type Value } from '../value.ts';
import { caseOf } from './case.ts';
import { columnElements } from './column-elements.ts';
import type { LibraryFunction } from './library-function.ts';
import { postgresqlFunctions } from './postgresql.ts';

const bitwiseNot = onOne((each, call) => {
  const operand = operandOf(call.evaluation, each);
  return unary('bitwise-not', operand, typeOf(operand), call.at);
});

export const expressionFunctions: Readonly<Record<string, LibraryFunction>> = {
  ...columnElements,
  ...postgresqlFunctions,
  and_: connect('and'),
  or_: connect('or'),
  not_: onOne((each, call) => negate(truthOf(call.evaluation, each), call.at)),
  bitwise_not: bitwiseNot,
  bitwise_not_op: bitwiseNot,
  desc: ordering('desc'),
  asc: ordering('asc'),
  nulls_first: ordering('nulls-first'),
  nullsfirst: ordering('nulls-first'),
  nulls_last: ordering('nulls-last'),
  nullslast: ordering('nulls-last'),
  distinct: onOne((each, call) => {
    const operand = operandOf(call.evaluation, each);
    return unary('distinct', operand, typeOf(operand), call.at);
  }),
  label: call => {
    const name = constantArgument(call, 0, 'name');
    const given = argument(call, 1, 'element');
    if (typeof name !== 'string' || given === undefined) return null;
    return element({
      kind: 'label',
      name,
      element: grouped(operandOf(call.evaluation, given), 'comma'),
      at: call.at,
    });
  },
  quoted_name: quotedName,
  case: caseOf,
  column_property: propertyValue,
  deferred: propertyValue,
  query_expression: propertyValue,

  cast: typed((operand, type, call) => ({ kind: 'cast', element: operand, type, at: call.at })),
  try_cast: () => null,
  type_coerce: call => {
    const given = argument(call, 0, 'expression');
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_'));
    if (given === undefined || type === null) return null;
    if (isLiteral(given)) return element({ ...literal(given, { name: null, type }), type });
    return element({ kind: 'type-coerce', element: operandOf(call.evaluation, given), type, at: call.at });
  },
  extract: call => {
    const field = constantArgument(call, 0, 'field');
    const given = argument(call, 1, 'expr');
    if (typeof field !== 'string' || given === undefined) return null;
    return element({ kind: 'extract', field, element: operandOf(call.evaluation, given), at: call.at });
  },
  collate: call => {
    const given = argument(call, 0, 'expression');
    const name = constantArgument(call, 1, 'collation');
    if (given === undefined || typeof name !== 'string') return null;
    const operand = operandOf(call.evaluation, given);
    return element(
      binary(
        operand,
        'collate',
        { kind: 'collation', name, at: call.at },
        { type: typeOf(operand), at: call.at },
      ),
    );
  },
  between: call => {
    const [given, ...ends] = call.arguments.positional;
    const method = columnMethods.between;
    if (given === undefined || method === undefined) return null;
    const made = method(operandOf(call.evaluation, given), {
      ...call,
      arguments: { ...call.arguments, positional: ends },
    });
    return made === null ? null : element(made);
  },
  tuple_: call =>
    element({
      kind: 'tuple',
      elements: call.arguments.positional.map(each => operandOf(call.evaluation, each)),
      at: call.at,
    }),
  any_: aggregate('any'),
  all_: aggregate('all'),
  exists: existsOf,
  with_parent: withParent,
  // A list of elements to order by, all of which its methods order.
  OrderByList: call => call.arguments.positional[0]?.value ?? null,
  FrameClause: call => ({ kind: 'list', elements: call.arguments.positional }),
  from_dml_column: call => {
    const value = call.arguments.positional[0]?.value;
    return value?.kind === 'element' && value.element.kind === 'column'
      ? element({ kind: 'written-value', column: value.element, at: call.at })
      : null;
  },
  Bundle: call => ({ kind: 'bundle', elements: call.arguments.positional.slice(1) }),
  over: call => {
    const given = argument(call, 0, 'element');
    return given === undefined ? null : over(operandOf(call.evaluation, given), call);
  },
  within_group: call => {
    const [given, ...order] = call.arguments.positional;
    if (given === undefined) return null;
    const orderBy = order.map(each => orderingOf(call.evaluation, each));
    return element({
      kind: 'within-group',
      element: operandOf(call.evaluation, given),
      orderBy,
      at: call.at,
    });
  },
  funcfilter: call => {
    const [given, ...criteria] = call.arguments.positional;
    if (given === undefined) return null;
    const operand = operandOf(call.evaluation, given);
    if (criteria.length === 0) return element(operand);
    const criterion = conjunction(
      'and',
      criteria.map(each => conditionOf(call.evaluation, each)),
      call.at,
    );
    return element({ kind: 'filter', element: operand, criterion, at: call.at });
  },
  'sqlmodel.col': call => call.arguments.positional[0]?.value ?? null,
  col: call => call.arguments.positional[0]?.value ?? null,
};

/** PostgreSQL reads a name that is not to be quoted in lower case. */
function quotedName(call: Call): Value | null {
  const name = constantArgument(call, 0, 'value');
  if (typeof name !== 'string') return null;
  const isFolded = constantArgument(call, 1, 'quote') === false;
  if (isFolded && !/^\w+$/.test(name)) return null;
  return constantValue(isFolded ? name.toLowerCase() : name);
}

function isLiteral({ value }: Located): boolean {
  return value.kind === 'constant' || value.kind === 'list' || value.kind === 'dict' || isPlain(value);
}

function connect(operator: 'and' | 'or'): LibraryFunction {
  return call => {
    if (call.arguments.open !== null) return { kind: 'unknown', unknown: call.arguments.open, sql: true };
    const positional = spread(call.arguments.positional);
    const given = conditions({ ...call, arguments: { ...call.arguments, positional } });
    return element(conjunction(operator, given, call.at));
  };
}

/** A condition; a boolean of Python stays a parameter. */
function truthOf(evaluation: Evaluation, given: Located): Element {
  const { value } = given;
  const isBoolean =
    (value.kind === 'constant' && typeof value.value === 'boolean') ||
    (value.kind === 'python' && value.type === 'builtins.bool');
  return isBoolean ? operandOf(evaluation, given) : conditionOf(evaluation, given);
}

function onOne(make: (given: Located, call: Call) => Element): LibraryFunction {
  return call => {
    const given = call.arguments.positional[0];
    return given === undefined ? null : element(make(given, call));
  };
}

function ordering(operator: 'desc' | 'asc' | 'nulls-first' | 'nulls-last'): LibraryFunction {
  return onOne((each, call) => {
    const operand = orderingOf(call.evaluation, each);
    if (operand.kind === 'label-reference' && (operator === 'desc' || operator === 'asc')) {
      return { ...operand, direction: operator === 'desc' ? 'DESC' : 'ASC', at: call.at };
    }
    return unary(operator, operand, NULL_TYPE, call.at);
  });
}

function typed(
  make: (operand: Element, type: ReturnType<typeof typeOf>, call: Call) => Element,
): LibraryFunction {
  return call => {
    const given = argument(call, 0, 'expression');
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_'));
    if (given === undefined || type === null) return null;
    return element(make(operandOf(call.evaluation, given, { name: null, type }), type, call));
  };
}

function aggregate(operator: 'any' | 'all'): LibraryFunction {
  return onOne((each, call) => {
    const operand = operandOf(call.evaluation, each);
    return unary(
      operator,
      operand.kind === 'scalar-select' ? operand : grouped(operand, operator),
      BOOLEAN,
      call.at,
    );
  });
}

/** `exists()`, `exists(select)`, `exists(column)`; its methods are those of the statement in it. */
function existsOf(call: Call): Value | null {
  const given = call.arguments.positional[0];
  if (given?.value.kind === 'statement') {
    call.evaluation.recorder?.consumed(given.value);
    return element({ kind: 'exists', statement: given.value.node, at: call.at });
  }
  if (given !== undefined && (given.value.kind === 'unknown' || isPlain(given.value)))
    return unknownFrom(given.value, given.at, 'The subquery');
  if (given?.value.kind === 'element' && given.value.element.kind === 'scalar-select') {
    return element({ kind: 'exists', statement: given.value.element.statement, at: call.at });
  }
  const star: Element = { kind: 'literal-column', text: '*', type: NULL_TYPE, at: null };
  const select = selectOf([{ kind: 'element', element: star, at: null }], call.at);
  if (given === undefined) return element({ kind: 'exists', statement: select, at: call.at });
  const from = fromOf(given.value);
  const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
  const entity =
    given.value.kind === 'entity'
      ? [{ kind: 'entity', model: given.value.model, from: given.value.from, at: given.at } as const]
      : null;
  const node: SelectNode = selectOf(
    entity ?? (from === null ? items : [{ kind: 'from', from, at: given.at }]),
    call.at,
  );
  return element({ kind: 'exists', statement: node, at: call.at });
}
