/** What the calls of a private function of a module pass for one of its parameters: all of them can be seen there. */
import type { ParameterBinding } from '../../../python/scopes/binding.ts';
import type { Call, Expression, FunctionDefinition, Parameter } from '../../../python/syntax.ts';
import { findNodePath } from '../../../python/walk.ts';
import type { SourceFile } from '../../../sqlalchemy/project.ts';

/**
 * One value for each call, the default where a call passes none; null where not every use of the function is a call that
 * can be read. Methods are left out: classes of other modules may inherit them.
 */
export function valuesPassedFor(
  { node, parameter }: ParameterBinding,
  file: SourceFile,
): readonly Expression[] | null {
  if (node.kind !== 'function' || node.decorators.length > 0 || !/^_(?!_)/.test(node.name.id)) return null;
  const around = findNodePath(file.module, node.name.start);
  if (around.at(around.lastIndexOf(node) - 1)?.kind === 'class') return null;
  const values: Expression[] = [];
  for (const { index } of file.text.matchAll(new RegExp(`\\b${node.name.id}\\b`, 'g'))) {
    if (index === node.name.start) continue;
    const path = findNodePath(file.module, index);
    const used = path.findIndex(each => each.kind === 'name' && each.start === index);
    // In a comment, or in a string.
    if (used < 0) continue;
    const call = path[used - 1];
    const isCalled = call?.kind === 'call' && call.function === path[used];
    const value = isCalled ? argumentFor(call, node, parameter) : null;
    if (value === null) return null;
    values.push(value);
  }
  return values.length > 0 ? values : null;
}

function argumentFor(
  call: Call,
  { parameters }: FunctionDefinition,
  parameter: Parameter,
): Expression | null {
  if (parameter.kind.startsWith('var-') || call.arguments.some(each => each.unpacked)) return null;
  const named = call.arguments.find(each => each.keyword?.id === parameter.name.id);
  const position = parameters.indexOf(parameter);
  const positional = parameter.kind === 'keyword-only' ? undefined : call.arguments[position];
  const placed = positional?.keyword === null ? positional : undefined;
  return (named ?? placed)?.value ?? parameter.default;
}
