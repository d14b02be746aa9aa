/** The arguments of a call, evaluated in order, and bound to the parameters of a function of the workspace. */
import type { Call, FunctionDefinition } from '../../python/syntax.ts';
import type { Frame, Given } from './machine.ts';
import type { FlowState } from './state.ts';
import type { FlowValue } from './values.ts';

export function givenTo(frame: Frame, state: FlowState, node: Call): Given {
  const positional: FlowValue[] = [];
  const keywords = new Map<string, FlowValue>();
  let open = false;
  for (const each of node.arguments) {
    const value = frame.machine.evaluate(frame, state, each.value);
    if (each.keyword !== null) keywords.set(each.keyword.id, value);
    else if (each.unpacked) open = true;
    else if (each.value.kind === 'starred') {
      open = true;
      positional.push(value);
    } else positional.push(value);
  }
  return { positional, keywords, open };
}

export function allGiven({ positional, keywords }: Given): readonly FlowValue[] {
  return [...positional, ...keywords.values()];
}

/** What each parameter holds; those left out keep what their annotation says. */
export function boundParameters(
  node: FunctionDefinition,
  self: FlowValue | null,
  { positional, keywords, open }: Given,
): Map<string, FlowValue> {
  const names = new Map<string, FlowValue>();
  const parameters = node.parameters.filter(
    each => each.kind !== 'var-positional' && each.kind !== 'var-keyword',
  );
  const first = parameters[0];
  const rest = self === null ? parameters : parameters.slice(1);
  if (self !== null && first !== undefined) names.set(first.name.id, self);
  for (const [index, parameter] of rest.entries()) {
    const given = keywords.get(parameter.name.id);
    const byPosition = open || parameter.kind === 'keyword-only' ? undefined : positional[index];
    const value = given ?? byPosition;
    if (value !== undefined) names.set(parameter.name.id, value);
  }
  return names;
}
