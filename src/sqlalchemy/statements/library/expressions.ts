/** SQLAlchemy's functions that make expressions: `and_`, `case`, `cast`, `literal`, `bindparam`, `text`, … */
import { conditionOf, literal, operandOf, orderingOf, typeOfLiteral, unknownFrom } from '../coercion.ts';
import { binary, bind, conjunction, constant, grouped, typeOf, unary } from '../elements.ts';
import { selectOf } from '../empty-select.ts';
import { argument, type Call, constantArgument, type Evaluation, flag } from '../evaluation.ts';
import { fromOf } from '../from-values.ts';
import type { Element, SelectNode } from '../ir.ts';
import { columnMethods } from '../methods/column-methods.ts';
import { over } from '../methods/function-methods.ts';
import { withParent } from '../methods/relationship-methods.ts';
import { conditions } from '../methods/select-methods.ts';
import { negate } from '../operations.ts';
import { itemsOf } from '../select-items.ts';
import { arrayOf, BOOLEAN, NULL_TYPE } from '../sql-type.ts';
import { readText } from '../text-binds.ts';
import { partsOf } from '../text-parts.ts';
import { typeOfValue } from '../type-values.ts';
import { element, isPlain, type Located, type Value } from '../value.ts';

export type LibraryFunction = (call: Call) => Value | null;

export const expressionFunctions: Readonly<Record<string, LibraryFunction>> = {
  and_: connect('and'),
  or_: connect('or'),
  not_: onOne((each, call) => negate(truthOf(call.evaluation, each), call.at)),
  bitwise_not: onOne((each, call) => {
    const operand = operandOf(call.evaluation, each);
    return unary('bitwise-not', operand, typeOf(operand), call.at);
  }),
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
  case: caseOf,
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
  null: call => element(constant('NULL', call.at)),
  true: call => element(constant('true', call.at)),
  false: call => element(constant('false', call.at)),
  literal: call => {
    const given = argument(call, 0, 'value');
    if (given === undefined) return null;
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? typeOfLiteral(given.value);
    return element({ ...literal(given, { name: null, type }), at: call.at });
  },
  literal_column: call => {
    const given = argument(call, 0, 'text');
    const parts = given === undefined ? null : partsOf(given.value, given.at);
    if (given === undefined || parts === null) return null;
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? NULL_TYPE;
    const { pieces } = readText(parts, call.at, 'numeric');
    const text = given.value.kind === 'constant' ? String(given.value.value) : '';
    return element({ kind: 'literal-column', text, pieces, type, at: call.at });
  },
  column: call => {
    const name = constantArgument(call, 0, 'text');
    if (typeof name !== 'string') return null;
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? NULL_TYPE;
    // `is_literal=True`: printed as it stands.
    if (flag(call, 'is_literal')) return element({ kind: 'literal-column', text: name, type, at: call.at });
    return element({ kind: 'column', from: null, name, key: name, type, at: call.at });
  },
  Column: call => {
    const name = constantArgument(call, 0, 'name');
    // What a class declares is a column of the tables of those that inherit from it.
    if (typeof name !== 'string' || call.evaluation.environment.scope === 'class') return null;
    const key = constantArgument(call, 99, 'key');
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? NULL_TYPE;
    return element({
      kind: 'column',
      from: null,
      name,
      key: typeof key === 'string' ? key : name,
      type,
      at: call.at,
    });
  },
  bindparam: call => {
    const name = constantArgument(call, 0, 'key');
    if (typeof name !== 'string') return null;
    const type = typeOfValue(call.evaluation, argument(call, 2, 'type_')) ?? NULL_TYPE;
    const expanding = constantArgument(call, 99, 'expanding') === true ? 'open' : null;
    return element({
      ...bind(name, type, call.at),
      unique: constantArgument(call, 99, 'unique') === true,
      expanding,
    });
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
  Bundle: call => ({ kind: 'list', elements: call.arguments.positional.slice(1) }),
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
  'postgresql.array': call => {
    const given = call.arguments.positional[0];
    if (given?.value.kind !== 'list') return null;
    const elements = given.value.elements.map(each => operandOf(call.evaluation, each));
    const item =
      elements[0] === undefined
        ? (typeOfValue(call.evaluation, call.arguments.keywords.get('type_')) ?? NULL_TYPE)
        : typeOf(elements[0]);
    return element({ kind: 'array', elements, type: arrayOf(item), at: call.at });
  },
  'postgresql.aggregate_order_by': call => {
    const [given, ...order] = call.arguments.positional;
    if (given === undefined) return null;
    const orderBy = order.map(each => orderingOf(call.evaluation, each));
    return element({
      kind: 'aggregate-order',
      element: operandOf(call.evaluation, given),
      orderBy,
      at: call.at,
    });
  },
  'postgresql.Any': () => null,
  'sqlmodel.col': call => call.arguments.positional[0]?.value ?? null,
  col: call => call.arguments.positional[0]?.value ?? null,
};

function isLiteral({ value }: Located): boolean {
  return value.kind === 'constant' || value.kind === 'list' || value.kind === 'dict' || isPlain(value);
}

function connect(operator: 'and' | 'or'): LibraryFunction {
  return call => {
    if (call.arguments.open !== null) return { kind: 'unknown', unknown: call.arguments.open, sql: true };
    return element(conjunction(operator, conditions(call), call.at));
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

function caseOf(call: Call): Value | null {
  const value = call.arguments.keywords.get('value');
  const otherwise = call.arguments.keywords.get('else_');
  const first = call.arguments.positional[0]?.value;
  const whens =
    first?.kind === 'dict'
      ? first.entries.map(({ key, value: then }) => [key, then])
      : call.arguments.positional.map(pairOf);
  const operand = (each: Located) => operandOf(call.evaluation, each);
  const known = whens.flatMap(([when, then]) =>
    when === undefined || then === undefined
      ? []
      : [
          {
            when: value === undefined ? grouped(conditionOf(call.evaluation, when), null) : operand(when),
            result: operand(then),
          },
        ],
  );
  if (known.length !== whens.length || known.length === 0) return null;
  const last = otherwise === undefined ? null : operand(otherwise);
  const types = [...known.map(each => typeOf(each.result)), ...(last === null ? [] : [typeOf(last)])];
  return element({
    kind: 'case',
    value: value === undefined ? null : operand(value),
    whens: known,
    otherwise: last,
    type: types.findLast(type => type.family !== 'null') ?? NULL_TYPE,
    at: call.at,
  });
}

function pairOf(given: Located): readonly (Located | undefined)[] {
  return given.value.kind === 'list' ? given.value.elements : [];
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
