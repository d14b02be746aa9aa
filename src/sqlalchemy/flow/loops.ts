/** Loops: the body is run twice, the second time as the first has left it. What holds only in one pass holds there. */
import type { Expression, For, While } from '../../python/syntax.ts';
import { type Frame, type Loop, loopsAround, report } from './machine.ts';
import { iteratedQuery } from './queries.ts';
import { manyOf } from './rows.ts';
import { type FlowState, forkState, joinStates } from './state.ts';
import { bindTarget } from './targets.ts';
import { type FlowValue, type Identity, UNKNOWN } from './values.ts';

export interface Elements {
  readonly element: FlowValue;
  /** Objects that each pass has another one of. */
  readonly iterated: readonly Identity[];
  readonly from: Expression | null;
}

export function elementsOf(
  frame: Frame,
  state: FlowState,
  node: Expression,
  way: 'plain' | 'async',
): Elements {
  const value = iteratedQuery(frame, state, node) ?? frame.machine.evaluate(frame, state, node);
  const many = value.kind === 'rows' ? manyOf(state, value) : value;
  reportIteration(frame, node, value, way);
  if (many.kind !== 'many') return { element: UNKNOWN, iterated: [], from: null };
  return { element: many.element, iterated: objectsIn(many.element), from: many.statement };
}

function objectsIn(value: FlowValue): readonly Identity[] {
  if (value.kind === 'objects') return value.objects;
  return [];
}

function reportIteration(frame: Frame, node: Expression, value: FlowValue, way: 'plain' | 'async'): void {
  const told = (of: 'iterated' | 'async-for' | 'plain-for', method: string) =>
    report(frame, { kind: 'await-mistake', node, way: of, method });
  if (value.kind === 'coroutine' && value.method !== null) told('iterated', value.method);
  else if (value.kind === 'rows' && value.streamed && way === 'plain') told('plain-for', 'stream');
  else if (way === 'async' && ((value.kind === 'rows' && !value.streamed) || value.kind === 'many'))
    told('async-for', 'execute');
}

export function runFor(frame: Frame, state: FlowState, node: For): FlowState | null {
  const { element, iterated } = elementsOf(frame, state, node.iterable, node.async ? 'async' : 'plain');
  const begin = (pass: FlowState) => bindTarget(frame, pass, node.target, element);
  return runLoop(frame, state, { node, iterated, begin });
}

export function runWhile(frame: Frame, state: FlowState, node: While): FlowState | null {
  const begin = (pass: FlowState) => void frame.machine.evaluate(frame, pass, node.test);
  return runLoop(frame, state, { node, iterated: [], begin });
}

interface LoopRun {
  readonly node: For | While;
  readonly iterated: readonly Identity[];
  readonly begin: (pass: FlowState) => void;
}

function runLoop(frame: Frame, state: FlowState, { node, iterated, begin }: LoopRun): FlowState | null {
  const passes = loopsAround(frame) === 0 ? 2 : 1;
  const loop: Loop = { outer: frame.loop, left: [], broken: [], body: node.body, iterated };
  const ends: (FlowState | null)[] = [isEndless(node) ? null : forkState(state)];
  let entry: FlowState | null = state;
  frame.loop = loop;
  for (let pass = 0; pass < passes && entry !== null; pass += 1) {
    const current: FlowState = forkState(entry);
    loop.left.length = 0;
    begin(current);
    const end: FlowState | null = frame.machine.block(frame, current, node.body);
    const left: readonly FlowState[] = loop.left.map(forkState);
    ends.push(isEndless(node) ? null : joinStates([end, ...left]));
    // A pass that was left with a failed session shows most in the next one.
    entry = left.find(hasFailed) ?? joinStates([end, ...left]);
  }
  frame.loop = loop.outer;
  const after = joinStates([...ends, ...loop.broken]);
  return after === null ? null : frame.machine.block(frame, after, node.otherwise);
}

/** `while True` ends by `break` alone. */
function isEndless(node: For | While): boolean {
  return node.kind === 'while' && node.test.kind === 'constant' && node.test.value === 'True';
}

function hasFailed(state: FlowState): boolean {
  return [...state.sessions.values()].some(each => each.failed !== null);
}
