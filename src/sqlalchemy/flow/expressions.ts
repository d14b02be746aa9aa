/** Expressions, in the order in which Python evaluates them. */
import { isLongChain } from '../../python/long-chain.ts';
import type { Comprehension, Expression, Subscript } from '../../python/syntax.ts';
import { children, isExpression } from '../../python/walk.ts';
import { ambientValue, placeOf } from './ambient.ts';
import { reportCoroutine } from './coroutines.ts';
import { emptyList } from './lists.ts';
import { elementsOf } from './loops.ts';
import { type Frame, type Loop, report } from './machine.ts';
import { readAttribute, readAwaitable } from './object-attributes.ts';
import { itemOf, readRow, readRowKey } from './rows.ts';
import { giveAway } from './session-effects.ts';
import { continueAs, type FlowState, forkState, joinStates, updateSession } from './state.ts';
import { bindTarget } from './targets.ts';
import { type FlowValue, joinedValue, NOTHING, plain, UNKNOWN } from './values.ts';

export function evaluateExpression(frame: Frame, state: FlowState, node: Expression): FlowValue {
  frame.machine.fuel -= 1;
  if (frame.machine.fuel < 0) {
    state.dead = true;
    return UNKNOWN;
  }
  if (isLongChain(node)) return UNKNOWN;
  switch (node.kind) {
    case 'name':
      return readName(frame, state, node);
    case 'attribute':
      return readMember(frame, state, node);
    case 'call':
      return frame.machine.call(frame, state, node, 'plain');
    case 'await':
      return evaluateAwait(frame, state, node);
    case 'constant':
      return node.value === 'None' ? NOTHING : plain('');
    case 'number':
      return plain('');
    case 'tuple':
    case 'list':
    case 'set':
      return evaluateSequence(frame, state, node.elements, node.kind);
    case 'boolean':
      return evaluateBoolean(frame, state, node.values);
    case 'conditional':
      return evaluateConditional(frame, state, node);
    case 'comprehension':
      return evaluateComprehension(frame, state, node);
    case 'subscript':
      return evaluateSubscript(frame, state, node);
    case 'named': {
      const value = frame.machine.evaluate(frame, state, node.value);
      state.names.set(node.target.id, value);
      return value;
    }
    case 'yield':
      return evaluateYield(frame, state, node);
    case 'lambda':
      settleNames(state, node);
      return UNKNOWN;
    case 'starred':
      return frame.machine.evaluate(frame, state, node.value);
    default:
      for (const each of children(node)) if (isExpression(each)) frame.machine.evaluate(frame, state, each);
      return node.kind === 'unreadable' ? UNKNOWN : plain('');
  }
}

function readName(frame: Frame, state: FlowState, node: Expression & { readonly kind: 'name' }): FlowValue {
  const known = state.names.get(node.id);
  if (known !== undefined) return known;
  const value = ambientValue(frame, state, node, placeOf(frame, node));
  if (value.kind !== 'unknown' && value.kind !== 'factory') state.names.set(node.id, value);
  return value;
}

function readMember(
  frame: Frame,
  state: FlowState,
  node: Expression & { readonly kind: 'attribute' },
): FlowValue {
  const owner = frame.machine.evaluate(frame, state, node.value);
  switch (owner.kind) {
    case 'objects':
      return readAttribute(frame, state, node, owner.objects);
    case 'awaitable-attributes':
      return readAwaitable(frame, state, node, owner.objects);
    case 'row':
      return readRow(frame, node, owner);
    case 'many':
      // Of a page.
      return node.attribute.id === 'items' ? owner : UNKNOWN;
    case 'coroutine':
      reportCoroutine(frame, owner, node);
      return UNKNOWN;
    case 'holder': {
      const place = `${owner.holder}.${node.attribute.id}`;
      const known = state.fields.get(place);
      if (known !== undefined) return known;
      const value = ambientValue(frame, state, node, place);
      if (value.kind !== 'unknown') state.fields.set(place, value);
      return value;
    }
    case 'unknown':
    case 'plain':
      return ambientValue(frame, state, node, placeOf(frame, node));
    default:
      return UNKNOWN;
  }
}

function evaluateAwait(
  frame: Frame,
  state: FlowState,
  node: Expression & { readonly kind: 'await' },
): FlowValue {
  const { value: awaited } = node;
  const value =
    awaited.kind === 'call'
      ? frame.machine.call(frame, state, awaited, 'awaited')
      : frame.machine.evaluate(frame, state, awaited);
  // Tasks that were started may have come to their end.
  for (const [id, { tasks }] of state.sessions) if (tasks > 0) updateSession(state, id, { tasks: 0 });
  if (awaited.kind !== 'call') return UNKNOWN;
  if (value.kind === 'plain' && value.method !== '' && isSynchronous(awaited.function, value.method))
    report(frame, { kind: 'await-mistake', node: awaited, way: 'needless', method: value.method });
  return value;
}

const synchronous: ReadonlySet<string> = new Set([
  'add',
  'add_all',
  'expunge',
  'expunge_all',
  'expire',
  'expire_all',
]);

function isSynchronous(called: Expression, method: string): boolean {
  return called.kind === 'attribute' && called.attribute.id === method && synchronous.has(method);
}

function evaluateSequence(
  frame: Frame,
  state: FlowState,
  elements: readonly Expression[],
  kind: 'tuple' | 'list' | 'set',
): FlowValue {
  const values = elements.map(each => frame.machine.evaluate(frame, state, each));
  if (kind === 'list' && values.length === 0) return emptyList();
  if (!elements.some(each => each.kind === 'starred')) return { kind: 'tuple', elements: values };
  // Where its elements stand is not known, so that nothing more can be said of them.
  for (const each of values) giveAway(state, each);
  return { kind: 'tuple', elements: [] };
}

function evaluateBoolean(frame: Frame, state: FlowState, values: readonly Expression[]): FlowValue {
  const [first, ...rest] = values;
  let value: FlowValue = first === undefined ? UNKNOWN : frame.machine.evaluate(frame, state, first);
  for (const each of rest) {
    const way = forkState(state);
    value = joinedValue(value, frame.machine.evaluate(frame, way, each));
    mergeInto(state, [forkState(state), way]);
  }
  return value;
}

function evaluateConditional(
  frame: Frame,
  state: FlowState,
  node: Expression & { readonly kind: 'conditional' },
): FlowValue {
  frame.machine.evaluate(frame, state, node.test);
  const [then, otherwise] = [forkState(state), forkState(state)];
  const values = [
    frame.machine.evaluate(frame, then, node.then),
    frame.machine.evaluate(frame, otherwise, node.otherwise),
  ] as const;
  mergeInto(state, [then, otherwise]);
  return joinedValue(...values);
}

/** Ways that part inside an expression. */
function mergeInto(state: FlowState, ways: readonly FlowState[]): void {
  const merged = joinStates(ways);
  continueAs(state, merged);
  if (merged !== null) state.names = merged.names;
}

function evaluateComprehension(frame: Frame, state: FlowState, node: Comprehension): FlowValue {
  const names = state.names.fork();
  const outer = frame.loop;
  let statement: Expression | null = null;
  for (const clause of node.clauses) {
    const { element, iterated, from } = elementsOf(
      frame,
      state,
      clause.iterable,
      clause.async ? 'async' : 'plain',
    );
    statement ??= from;
    const loop: Loop = { outer: frame.loop, left: [], broken: [], body: null, iterated };
    frame.loop = loop;
    bindTarget(frame, state, clause.target, element);
    for (const condition of clause.conditions) frame.machine.evaluate(frame, state, condition);
  }
  const element = frame.machine.evaluate(frame, state, node.element);
  if (node.value !== null) frame.machine.evaluate(frame, state, node.value);
  frame.loop = outer;
  state.names = names;
  return node.type === 'dict' ? UNKNOWN : { kind: 'many', element: severalOf(element), statement };
}

/** A comprehension makes more than one coroutine. */
function severalOf(value: FlowValue): FlowValue {
  return value.kind === 'coroutine' ? { ...value, sessions: [...value.sessions, ...value.sessions] } : value;
}

function evaluateSubscript(frame: Frame, state: FlowState, node: Subscript): FlowValue {
  const value = frame.machine.evaluate(frame, state, node.value);
  for (const each of node.indices) frame.machine.evaluate(frame, state, each);
  const [index] = node.indices;
  if (value.kind === 'many') return index?.kind === 'slice' ? value : value.element;
  if (value.kind === 'row' && index?.kind === 'string' && index.value !== null)
    return readRowKey(frame, node, index.value, value);
  const position = index?.kind === 'number' ? Number(index.text) : null;
  if (position === null || !Number.isInteger(position)) return UNKNOWN;
  if (value.kind === 'row') return itemOf(value, position);
  if (value.kind === 'tuple') return value.elements[position] ?? UNKNOWN;
  if (value.kind === 'objects') reportIndex(frame, state, node, value.objects);
  return UNKNOWN;
}

/** `user[0]` of an object that came from `scalars()`. */
function reportIndex(frame: Frame, state: FlowState, node: Subscript, ids: readonly string[]): void {
  const [object, ...others] = ids.map(id => state.objects.get(id));
  if (object === undefined || others.length > 0 || object.phase !== 'persistent' || object.statement === null)
    return;
  const { model, statement } = object;
  const { linked } = frame.machine.source;
  const classes = [model.qualifiedName, ...model.bases, ...(model.base === null ? [] : [model.base])];
  const isIndexed = classes.some(each => linked.definitionOf(`${each}.__getitem__`) !== null);
  if (model.incomplete || isIndexed) return;
  report(frame, { kind: 'row-misuse', node, way: 'index-of-object', model, execution: statement });
}

function evaluateYield(
  frame: Frame,
  state: FlowState,
  node: Expression & { readonly kind: 'yield' },
): FlowValue {
  const value = node.value === null ? NOTHING : frame.machine.evaluate(frame, state, node.value);
  if (frame.onYield === null || node.from) {
    // Whoever takes it may do anything with the sessions and objects before this goes on.
    for (const session of state.sessions.keys()) giveAway(state, { kind: 'session', session });
    giveAway(state, value);
    return UNKNOWN;
  }
  const ended = frame.onYield(state, value);
  continueAs(state, ended);
  return UNKNOWN;
}

/** A function that is made here and run later may commit the sessions that it names. */
export function settleNames(state: FlowState, node: Parameters<typeof children>[0]): void {
  const pending = [...children(node)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'name') {
      const value = state.names.get(next.id);
      if (value?.kind === 'session') updateSession(state, value.session, { settled: true });
      else if (value?.kind === 'holder') giveAway(state, value);
    }
    pending.push(...children(next));
  }
}
