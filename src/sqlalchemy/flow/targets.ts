/** Assignment to names, attributes, items, and through tuples to what is in them. */
import type { Expression } from '../../python/syntax.ts';
import { reportCoroutine } from './coroutines.ts';
import type { Frame } from './machine.ts';
import { writeAttribute } from './object-attributes.ts';
import { itemOf, readRow, unpackRow } from './rows.ts';
import { giveAway } from './session-effects.ts';
import type { FlowState } from './state.ts';
import { type FlowValue, UNKNOWN } from './values.ts';

export function bindTarget(frame: Frame, state: FlowState, target: Expression, value: FlowValue): void {
  switch (target.kind) {
    case 'name':
      state.names.set(target.id, value);
      return;
    case 'tuple':
    case 'list':
      if (value.kind === 'row') unpackRow(frame, target, value);
      for (const [index, each] of target.elements.entries())
        bindTarget(frame, state, each, partOf(value, index));
      return;
    case 'starred':
      bindTarget(frame, state, target.value, UNKNOWN);
      return;
    case 'attribute': {
      const owner = frame.machine.evaluate(frame, state, target.value);
      if (owner.kind === 'objects') writeAttribute(frame, state, target, owner.objects);
      else if (owner.kind === 'row') readRow(frame, target, owner);
      else if (owner.kind === 'coroutine') reportCoroutine(frame, owner, target);
      else if (owner.kind === 'holder') state.fields.set(`${owner.holder}.${target.attribute.id}`, value);
      else giveAway(state, value);
      return;
    }
    case 'subscript':
      frame.machine.evaluate(frame, state, target.value);
      for (const each of target.indices) frame.machine.evaluate(frame, state, each);
      giveAway(state, value);
      return;
    default:
      return;
  }
}

function partOf(value: FlowValue, index: number): FlowValue {
  if (value.kind === 'row') return itemOf(value, index);
  if (value.kind === 'tuple') return value.elements[index] ?? UNKNOWN;
  return value.kind === 'many' ? value.element : UNKNOWN;
}
