/** What may follow a function call or aggregate: OVER, FILTER, WITHIN GROUP, and its use as a FROM element. */
import { conditionOf, literal, orderingOf } from '../coercion.ts';
import { anonymousLabel } from '../column-names.ts';
import { conjunction, typeOf } from '../elements.ts';
import { selectOf } from '../empty-select.ts';
import { built, type Call, constantArgument, flag, unsupported } from '../evaluation.ts';
import { anonymous } from '../identifiers.ts';
import type { Element, FrameBound, FunctionFrom, WindowFrame } from '../ir.ts';
import { BOOLEAN, INTEGER, NULL_TYPE } from '../sql-type.ts';
import { element, isNone, type Located, type Value } from '../value.ts';

export type FunctionMethod = (self: Element, call: Call) => Value | null;

export const functionMethods: Readonly<Record<string, FunctionMethod>> = {
  over: (self, call) => over(self, call),
  filter: (self, call) => {
    if (call.arguments.positional.length === 0 && call.arguments.open === null) return element(self);
    const criteria = call.arguments.positional.map(each => conditionOf(call.evaluation, each));
    // A second FILTER adds to the first one.
    if (self.kind === 'filter') criteria.unshift(self.criterion);
    const criterion = criteria.length === 1 ? criteria[0] : conjunction('and', criteria, call.at);
    const filtered = self.kind === 'filter' ? self.element : self;
    return criterion === undefined
      ? null
      : element({ kind: 'filter', element: filtered, criterion, at: call.at });
  },
  within_group: (self, call) => {
    const orderBy = call.arguments.positional.map(each => orderingOf(call.evaluation, each));
    return element({ kind: 'within-group', element: self, orderBy, at: call.at });
  },
  aggregate_order_by: (self, call) => {
    const orderBy = call.arguments.positional.map(each => orderingOf(call.evaluation, each));
    if (self.kind !== 'function') return null;
    const last = self.arguments.at(-1);
    if (last === undefined) return null;
    const ordered: Element = { kind: 'aggregate-order', element: last, orderBy, at: call.at };
    return element({ ...self, arguments: [...self.arguments.slice(0, -1), ordered], at: call.at });
  },
  select: (self, call) => built(call, selectOf([{ kind: 'element', element: self, at: self.at }], call.at)),
  as_comparison: self => (self.kind === 'function' ? element({ ...self, type: BOOLEAN }) : null),
  scalar_table_valued: (self, call) => {
    const name = constantArgument(call, 0, 'name');
    return typeof name === 'string' ? element({ kind: 'field', element: self, name, at: call.at }) : null;
  },
  table_valued: (self, call) => tableValued(self, call),
  column_valued: (self, call) => {
    const name = constantArgument(call, 0, 'name');
    const from = functionFrom(self, call, {
      name: typeof name === 'string' ? name : null,
      columns: [],
      scalar: true,
    });
    return element({
      kind: 'column',
      from,
      name: from.name,
      key: typeof name === 'string' ? name : '',
      type: typeOf(self),
      at: call.at,
    });
  },
  alias: (self, call) => {
    const name = constantArgument(call, 0, 'name');
    const own = { name: anonymousLabel(self), type: NULL_TYPE };
    return {
      kind: 'from',
      from: functionFrom(self, call, {
        name: typeof name === 'string' ? name : null,
        columns: [own],
        scalar: false,
      }),
    };
  },
};

export function over(self: Element, call: Call): Value {
  const many = (name: string) => {
    const given = call.arguments.keywords.get(name);
    if (given === undefined || isNone(given.value)) return [];
    const list = given.value.kind === 'list' ? given.value.elements : [given];
    return list.map(each => orderingOf(call.evaluation, each));
  };
  const frame = frameOf(call);
  if (frame === 'unknown') return unsupported(call, 'The frame of this window is not understood.');
  return element({
    kind: 'over',
    element: self,
    partitionBy: many('partition_by'),
    orderBy: many('order_by'),
    frame,
    at: call.at,
  });
}

function frameOf(call: Call): WindowFrame | 'unknown' | null {
  const excluded = call.arguments.keywords.get('exclude')?.value;
  if (excluded === undefined || isNone(excluded)) return rangeOf(call, null);
  return excluded.kind === 'constant' && typeof excluded.value === 'string'
    ? rangeOf(call, excluded.value)
    : 'unknown';
}

function rangeOf(call: Call, exclude: string | null): WindowFrame | 'unknown' | null {
  for (const [name, unit] of [
    ['rows', 'ROWS'],
    ['range_', 'RANGE'],
    ['groups', 'GROUPS'],
  ] as const) {
    const given = call.arguments.keywords.get(name);
    if (given === undefined || isNone(given.value)) continue;
    const [start, end, startType, endType] = given.value.kind === 'list' ? given.value.elements : [];
    if (start === undefined || end === undefined) return 'unknown';
    if (startType === undefined || endType === undefined)
      return { unit, start: boundOf(start), end: boundOf(end), exclude };
    const [low, high] = [typedBound(start, startType), typedBound(end, endType)];
    return low === null || high === null ? 'unknown' : { unit, start: low, end: high, exclude };
  }
  return null;
}

/** One end of `FrameClause(start, end, start_type, end_type)`; null where its type is not known. */
function typedBound(given: Located, { value: type }: Located): FrameBound | null {
  const name = type.kind === 'library' ? /(?:^|\.)(\w+)$/.exec(type.name)?.[1] : undefined;
  switch (name) {
    case 'UNBOUNDED':
      return { kind: 'unbounded' };
    case 'CURRENT':
      return { kind: 'current' };
    case 'PRECEDING':
    case 'FOLLOWING':
      return {
        kind: name === 'PRECEDING' ? 'preceding' : 'following',
        value: literal(given, { name: null, type: NULL_TYPE }),
      };
    default:
      return null;
  }
}

function boundOf(given: Located): FrameBound {
  const { value } = given;
  if (isNone(value)) return { kind: 'unbounded' };
  if (value.kind === 'constant' && value.value === 0) return { kind: 'current' };
  const bind = literal(given, { name: null, type: INTEGER });
  return {
    kind: value.kind === 'constant' && Number(value.value) < 0 ? 'preceding' : 'following',
    value: bind,
  };
}

function tableValued(self: Element, call: Call): Value {
  const columns = call.arguments.positional.flatMap(each => {
    if (each.value.kind === 'constant' && typeof each.value.value === 'string')
      return [{ name: each.value.value, type: NULL_TYPE }];
    if (
      each.value.kind === 'element' &&
      each.value.element.kind === 'column' &&
      typeof each.value.element.name === 'string'
    ) {
      return [{ name: each.value.element.name, type: each.value.element.type }];
    }
    return [];
  });
  const name = constantArgument(call, 99, 'name');
  const ordinality = constantArgument(call, 99, 'with_ordinality');
  const extra = typeof ordinality === 'string' ? [{ name: ordinality, type: INTEGER }] : [];
  const from = functionFrom(self, call, {
    name: typeof name === 'string' ? name : null,
    columns: [...columns, ...extra],
    scalar: false,
  });
  return { kind: 'from', from: { ...from, ordinality: extra.length > 0 } };
}

export function functionFrom(
  self: Element,
  call: Call,
  given: {
    readonly name: string | null;
    readonly columns: FunctionFrom['columns'];
    readonly scalar: boolean;
  },
): FunctionFrom {
  return {
    kind: 'function-from',
    element: self,
    name: given.name ?? anonymous({}, 'anon'),
    columns: given.columns,
    derived: false,
    derivedTypes: false,
    lateral: false,
    ordinality: false,
    scalar: given.scalar,
    at: call.at,
  };
}

export function renderDerived(from: FunctionFrom, call: Call): FunctionFrom {
  const name = constantArgument(call, 0, 'name');
  return {
    ...from,
    derived: true,
    derivedTypes: flag(call, 'with_types'),
    name: typeof name === 'string' ? name : from.name,
  };
}
