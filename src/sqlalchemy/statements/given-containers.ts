/** Lists and dictionaries handed to functions, which may fill them. */
import type { Expression, FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { Call } from './evaluation.ts';
import { dictionariesOf } from './given-dictionaries.ts';
import { giveAway, isEmptyContainer, isMutation } from './mutations.ts';
import type { FunctionValue, Located, Value } from './value.ts';

/** Makes unknown what the call may have changed: by what a known function does, and by its emptiness for others. */
export function giveContainers(call: Call, callee: Value): void {
  const { positional, keywords } = call.arguments;
  const given = [...positional, ...keywords.values()].filter(
    ({ value }) => value.kind === 'list' || value.kind === 'dict' || dictionariesOf(value).length > 0,
  );
  if (given.length === 0) return;
  const changed =
    callee.kind === 'function'
      ? filledBy(call, callee)
      : isOpaque(callee)
        ? given.filter(each => isEmptyContainer(each.value))
        : [];
  for (const each of changed) giveAway(call.evaluation, each.value, call.node);
}

/** Code that is not seen. Loggers and their kin fill nothing. */
function isOpaque(callee: Value): boolean {
  if (callee.kind === 'unknown' || callee.kind === 'python') return true;
  if (callee.kind !== 'method') return false;
  const { kind } = callee.receiver;
  return (
    (kind === 'unknown' || kind === 'python') &&
    !/^(?:debug|info|warn\w*|error|exception|log|format|join)$/.test(callee.name)
  );
}

function filledBy(call: Call, { node, self }: FunctionValue): readonly Located[] {
  const filled = filledNames(node);
  if (filled.size === 0) return [];
  const parameters = node.parameters.slice(self === null ? 0 : 1);
  const byPosition = call.arguments.positional.filter((_, index) =>
    filled.has(parameters[index]?.name.id ?? ''),
  );
  const byName = [...call.arguments.keywords].filter(([name]) => filled.has(name)).map(([, each]) => each);
  return [...byPosition, ...byName];
}

const known = new WeakMap<FunctionDefinition, ReadonlySet<string>>();

/** Names on which a function calls methods that change lists and dictionaries, or assigns items. */
function filledNames(node: FunctionDefinition): ReadonlySet<string> {
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const names = new Set<string>();
  for (const each of walk(node)) {
    if (each.kind === 'call') addName(names, changedByCall(each.function));
    else if (each.kind === 'assignment')
      for (const target of each.targets) addName(names, ownerOfItem(target));
    else if (each.kind === 'augmented-assignment') addName(names, each.target);
  }
  known.set(node, names);
  return names;
}

function changedByCall(called: Expression): Expression | null {
  return called.kind === 'attribute' && isMutation(called.attribute.id) ? called.value : null;
}

function ownerOfItem(target: Expression): Expression | null {
  return target.kind === 'subscript' ? target.value : null;
}

function addName(names: Set<string>, expression: Expression | null): void {
  if (expression?.kind === 'name') names.add(expression.id);
}
