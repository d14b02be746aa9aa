/** Methods of SELECT and of legacy Query that change the statement. */
import { keywordOf } from '../../../python/argument-at.ts';
import type { Call as CallExpression, Expression } from '../../../python/syntax.ts';
import type { Model, SourceLocation } from '../../model.ts';
import { conditionOf, orderingOf, unknownElement, unknownOf } from '../coercion.ts';
import { columnNamed, columnOf } from '../columns.ts';
import { columnsOfComposite, compareComposite } from '../composites.ts';
import { argument, built, type Call, unknownAt } from '../evaluation.ts';
import { fromsOfItem } from '../from-elements.ts';
import { fromOf } from '../from-values.ts';
import type { Element, FromElement, JoinStyle, SelectNode } from '../ir.ts';
import { operate } from '../operations.ts';
import { itemsOf, relationshipCondition } from '../select-items.ts';
import type { Located, StatementValue, Value } from '../value.ts';
import { fromWithAttribute, modelRead } from './filtered-from.ts';
import { functionFrom } from './function-methods.ts';
import { addedJoin } from './joins.ts';
import { loaderOptions } from './loader-options.ts';
import { compareProxy } from './proxy-methods.ts';
import { compareWith } from './relationship-methods.ts';
import { isForOtherDialect, type StatementMethod, unchanged } from './rows-methods.ts';
import { parentCondition } from './with-parent.ts';

export const selectMethods: Readonly<Record<string, StatementMethod<SelectNode>>> = {
  where: (select, call, self) =>
    built(call, { ...select, where: [...select.where, ...conditions(call)] }, self),
  filter: (select, call, self) =>
    built(call, { ...select, where: [...select.where, ...conditions(call)] }, self),
  having: (select, call, self) =>
    built(call, { ...select, having: [...select.having, ...conditions(call)] }, self),
  filter_by: filterBy,
  select_from: (select, call, self) => {
    const froms = call.arguments.positional.map(each => fromOf(each.value) ?? bareFunction(call, each));
    const known = froms.filter(each => each !== null);
    const lacking = call.arguments.positional[froms.indexOf(null)];
    const unknown = lacking === undefined ? null : unknownOf(lacking.value, call.at, 'What to select from');
    const classes = call.arguments.positional.flatMap(({ value }) =>
      value.kind === 'entity' ? [value] : [],
    );
    const fromClasses = [...(select.fromClasses ?? []), ...classes];
    return built(
      call,
      { ...select, froms: [...select.froms, ...known], fromClasses, unknown: select.unknown ?? unknown },
      self,
    );
  },
  join: join('inner'),
  outerjoin: join('left'),
  join_from: joinFrom('inner'),
  outerjoin_from: joinFrom('left'),
  distinct: (select, call, self) => {
    const given = call.arguments.positional;
    const on = given
      .flatMap(each => (each.value.kind === 'list' ? each.value.elements : [each]))
      .map(each => orderingOf(call.evaluation, each));
    return built(call, { ...select, distinct: true, distinctOn: [...select.distinctOn, ...on] }, self);
  },
  ext: (select, call, self) => {
    const extension = call.arguments.positional[0]?.value;
    return extension?.kind === 'extension'
      ? built(call, { ...select, distinct: true, distinctOn: extension.distinctOn }, self)
      : null;
  },
  add_columns: (select, call, self) => {
    const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
    return built(call, { ...select, items: [...select.items, ...items] }, self);
  },
  add_entity: (select, call, self) => {
    const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
    return built(call, { ...select, items: [...select.items, ...items] }, self);
  },
  with_only_columns: (select, call, self) => {
    const kept = keepsFroms(call) ? [...new Set(select.items.flatMap(fromsOfItem))] : [];
    const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
    const joins = select.joins.map(step => ({ ...step, items: step.items ?? select.items }));
    return built(call, { ...listed(select, items), joins, froms: [...select.froms, ...kept] }, self);
  },
  with_entities: (select, call, self) => {
    const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
    return built(call, listed(select, items), self);
  },
  correlate: (select, call, self) =>
    built(call, { ...select, correlate: { except: false, froms: correlated(call) } }, self),
  correlate_except: (select, call, self) =>
    built(call, { ...select, correlate: { except: true, froms: correlated(call) } }, self),
  prefix_with: (select, call, self) => withText(select, call, self, 'prefixes'),
  suffix_with: (select, call, self) => withText(select, call, self, 'suffixes'),
  with_parent: (select, call, self) =>
    built(call, { ...select, where: [...select.where, parentCondition(call, select)] }, self),
  options: loaderOptions,
  yield_per: unchanged,
  populate_existing: unchanged,
  enable_eagerloads: unchanged,
  enable_assertions: unchanged,
  autoflush: unchanged,
  with_session: unchanged,
  from_statement: (select, call, self) => {
    const given = argument(call, 0, 'statement')?.value;
    if (given?.kind !== 'statement') return null;
    for (const each of [given, self]) call.evaluation.recorder?.consumed(each);
    return built(call, given.node, { ...self, loadedBy: select.legacy ? 'query' : 'select' });
  },
};

/** A function as it stands, without a name. */
function bareFunction(call: Call, { value }: Located): FromElement | null {
  if (value.kind !== 'element' || value.element.kind !== 'function') return null;
  const from = functionFrom(value.element, call, { name: null, columns: [], scalar: false });
  return { ...from, bare: true };
}

/** Conditions of `where(…)`, with lists unpacked as in `where(*filters)`. */
export function conditions(call: Call): readonly Element[] {
  const { positional, open } = call.arguments;
  const known = positional.map(each =>
    each.value.kind === 'relationship'
      ? relationshipCondition(call.evaluation, each)
      : conditionOf(call.evaluation, each),
  );
  return open === null ? known : [...known, unknownElement(open, call.at)];
}

/** With other columns; nothing is loaded by a join for classes that are no longer among them. */
function listed(select: SelectNode, items: SelectNode['items']): SelectNode {
  const kept = items.some(item => item.kind === 'entity');
  return { ...select, items, eager: kept ? select.eager : [], contained: kept ? select.contained : [] };
}

function keepsFroms(call: Call): boolean {
  const given = call.arguments.keywords.get('maintain_column_froms')?.value;
  return given?.kind === 'constant' && given.value === true;
}

function correlated(call: Call): readonly FromElement[] {
  return call.arguments.positional.flatMap(each => fromOf(each.value) ?? []);
}

function withText(
  select: SelectNode,
  call: Call,
  self: StatementValue,
  clause: 'prefixes' | 'suffixes',
): Value | null {
  if (isForOtherDialect(call)) return unchanged(select, call, self);
  const texts = call.arguments.positional.map(each =>
    each.value.kind === 'constant' && typeof each.value.value === 'string' ? each.value.value : null,
  );
  const known = texts.filter(each => each !== null);
  return known.length === texts.length
    ? built(call, { ...select, [clause]: [...select[clause], ...known] }, self)
    : null;
}

/** `filter_by(name=…)`. */
function filterBy(select: SelectNode, call: Call, self: StatementValue): Value {
  const added = [...call.arguments.keywords].map(([name, given]) => {
    const from = fromWithAttribute(select, name);
    return from === 'several'
      ? ambiguous(name, given)
      : filterCondition(call, { from, model: modelRead(select, from) }, name, given);
  });
  const { open } = call.arguments;
  if (open !== null) added.push(unknownElement(open, call.at));
  return built(call, { ...select, where: [...select.where, ...added] }, self);
}

function ambiguous(name: string, { at }: Located): Element {
  const detail = `Several classes have an attribute “${name}”: SQLAlchemy 2.1 refuses it, 2.0 takes the class joined last.`;
  return unknownElement(unknownAt('unresolved-name', detail, at), at);
}

export function filterCondition(
  call: Call,
  { from, model: entity }: { readonly from: FromElement | null; readonly model: Model | null },
  name: string,
  given: Located,
): Element {
  const at = keywordPlace(call, name) ?? given.at;
  const plain = from === null || entity !== null ? null : columnOf(from, name);
  if (plain !== null) return operate(call.evaluation, { ...plain, at }, 'eq', given, given.at);
  if (from === null || entity === null) {
    return unknownElement(
      unknownAt('unresolved-model', 'The class that filter_by refers to is not known.', call.at),
      call.at,
    );
  }
  const attribute = call.evaluation.attribute(
    call.evaluation,
    { kind: 'entity', model: entity, from, alias: false },
    name,
    at.range,
  );
  if (attribute.kind === 'relationship') {
    const compared = compareWith(call.evaluation, attribute, 'eq', given, at);
    if (compared.kind === 'element') return { ...compared.element, at };
  }
  if (attribute.kind === 'proxy') {
    const compared = compareProxy(call.evaluation, attribute, 'eq', given, at);
    if (compared.kind === 'element') return compared.element;
  }
  const columns = columnsOfComposite(attribute);
  if (columns !== null) return compareComposite(call.evaluation, columns, 'eq', given, at);
  if (attribute.kind === 'element')
    return operate(call.evaluation, { ...attribute.element, at }, 'eq', given, given.at);
  if (attribute.kind === 'missing-attribute') {
    if (given.sometimes) return perhapsNotGiven(entity, name, given);
    const column: Element = { ...missing(from, name), at };
    return operate(call.evaluation, column, 'eq', given, given.at);
  }
  const column = columnNamed(from, name);
  if (column !== null) return operate(call.evaluation, { ...column, at }, 'eq', given, given.at);
  return unknownElement(unknownOf(attribute, given.at, `filter_by(${name}=…)`), given.at);
}

/** `filter_by(**self._scope())`: a helper of many classes may leave out what this one does not have. */
function perhapsNotGiven(model: Model, name: string, { at }: Located): Element {
  const detail = `${model.name} has no attribute “${name}”, and it is not known whether the helper gives it for this class.`;
  return unknownElement(unknownAt('dynamic-arguments', detail, at), at);
}

/** The keyword's own name, or the key's: what stands for the column in the source. */
export function keywordPlace(call: Call, name: string): SourceLocation | null {
  const keyword = keywordOf(call.node, name)?.keyword ?? keyOf(call.node, name);
  return keyword ? { path: call.at.path, range: { start: keyword.start, end: keyword.end } } : null;
}

/** Of a dictionary that is unpacked in place. */
function keyOf({ arguments: given }: CallExpression, name: string): Expression | null {
  const entries = given.flatMap(({ unpacked, value }) =>
    unpacked && value.kind === 'dict' ? value.entries : [],
  );
  return entries.find(({ key }) => key?.kind === 'string' && key.value === name)?.key ?? null;
}

function missing(from: FromElement, name: string): Element {
  return {
    kind: 'column',
    from,
    name,
    key: name,
    type: { family: 'null', name: null, sql: null, item: null },
    at: null,
  };
}

function join(style: JoinStyle): StatementMethod<SelectNode> {
  return (select, call, self) => {
    const target = argument(call, 0, 'target');
    const on = argument(call, 1, 'onclause');
    return built(
      call,
      addedJoin(select, call, { left: null, target, on, style: styleOf(call, style) }),
      self,
    );
  };
}

function joinFrom(style: JoinStyle): StatementMethod<SelectNode> {
  return (select, call, self) => {
    const left = argument(call, 0, 'from_');
    const target = argument(call, 1, 'target');
    const on = argument(call, 2, 'onclause');
    return built(call, addedJoin(select, call, { left, target, on, style: styleOf(call, style) }), self);
  };
}

function styleOf(call: Call, style: JoinStyle): JoinStyle {
  const is = (name: string) => {
    const value = call.arguments.keywords.get(name)?.value;
    return value?.kind === 'constant' && value.value === true;
  };
  if (is('full')) return 'full';
  return is('isouter') ? 'left' : style;
}
