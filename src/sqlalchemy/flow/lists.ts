/** Lists of objects and of coroutines. */
import type { Call } from '../../python/syntax.ts';
import { allGiven, givenTo } from './arguments.ts';
import type { Frame } from './machine.ts';
import { giveAway } from './session-effects.ts';
import type { FlowState } from './state.ts';
import { type FlowValue, joinedValue, type ManyValue, plain, UNKNOWN } from './values.ts';

export function callList(
  frame: Frame,
  state: FlowState,
  node: Call,
  { list, method }: { readonly list: ManyValue; readonly method: string },
): FlowValue {
  const given = givenTo(frame, state, node);
  const [first] = given.positional;
  switch (method) {
    case 'append':
    case 'add':
      if (first !== undefined) replaceElement(state, list, first);
      return plain('');
    case 'pop':
      return list.element;
    case 'copy':
      return list;
    case 'sort':
    case 'reverse':
    case 'index':
    case 'count':
      return plain('');
    default:
      for (const each of allGiven(given)) giveAway(state, each);
      if (method === 'extend' || method === 'insert') replaceElement(state, list, UNKNOWN);
      return UNKNOWN;
  }
}

/** The first element of an empty list says what the list holds. */
function replaceElement(state: FlowState, list: ManyValue, added: FlowValue): void {
  const element = list.element.kind === 'none' ? added : joinedElement(list.element, added);
  const changed: ManyValue = { ...list, element };
  for (const [name, value] of state.names) if (value === list) state.names.set(name, changed);
}

/** A list of several coroutines of one session is one of that session. */
function joinedElement(one: FlowValue, two: FlowValue): FlowValue {
  if (one.kind === 'coroutine' && two.kind === 'coroutine')
    return { ...two, sessions: [...one.sessions, ...two.sessions] };
  return joinedValue(one, two);
}

export function emptyList(): ManyValue {
  return { kind: 'many', element: { kind: 'none' }, statement: null };
}
