/** What a name of a function stands for, where the function binds it once. */
import type { Expression, Statement } from '../../../python/syntax.ts';
import { walk } from '../../../python/walk.ts';
import type { FileContext } from '../../rule.ts';
import { functionAround } from './function-around.ts';

/** The value of `rows = [...]`; null where the function binds the name elsewhere too, or changes it by a method. */
export function boundOnce(name: string, context: FileContext): Expression | null {
  const around = functionAround(context);
  if (around === undefined || around.parameters.some(each => each.name.id === name)) return null;
  let value: Expression | null = null;
  for (const node of walk(around)) {
    if (!bindsName(node as Expression | Statement, name)) continue;
    const isPlain =
      node.kind === 'assignment' && node.targets.length === 1 && node.targets[0]?.kind === 'name';
    if (value !== null || !isPlain || node.value === null) return null;
    value = node.value;
  }
  return value;
}

function bindsName(node: Expression | Statement, name: string): boolean {
  switch (node.kind) {
    case 'assignment':
      return node.targets.some(target => mentions(target, name));
    case 'augmented-assignment':
      return mentions(node.target, name);
    case 'for':
      return mentions(node.target, name);
    case 'with':
      return node.items.some(({ target }) => target !== null && mentions(target, name));
    case 'named':
      return node.target.id === name;
    case 'call':
      return (
        node.function.kind === 'attribute' &&
        isName(node.function.value, name) &&
        changes.has(node.function.attribute.id)
      );
    case 'global':
    case 'nonlocal':
      return true;
    default:
      return false;
  }
}

const changes: ReadonlySet<string> = new Set(
  'append extend insert remove pop clear update setdefault'.split(' '),
);

/** As what is bound, or as what an element or attribute of is. */
function mentions(target: Expression, name: string): boolean {
  for (const node of walk(target)) if (node.kind === 'name' && node.id === name) return true;
  return false;
}

function isName(expression: Expression, name: string): boolean {
  return expression.kind === 'name' && expression.id === name;
}
