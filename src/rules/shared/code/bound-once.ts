/** What a name stands for, where the function around, or the module for all its functions, binds it once. */
import { literalPattern } from '../../../base/literal-pattern.ts';
import type { Expression, SyntaxNode } from '../../../python/syntax.ts';
import { walk } from '../../../python/walk.ts';
import type { FileContext } from '../../rule.ts';
import { functionAround } from './function-around.ts';

/** The value of `rows = [...]`; null where the name is bound elsewhere too, or changed by a method. */
export function boundOnce(name: string, context: FileContext): Expression | null {
  const around = functionAround(context);
  if (around?.parameters.some(each => each.name.id === name)) return null;
  const own = around ? bindingsIn(walk(around), name) : [];
  return onlyValue(own.length > 0 ? own : bindingsOfModule(name, context));
}

/** The expression itself, or what its name is bound to once. */
export function writtenOut(expression: Expression, context: FileContext): Expression | null {
  return expression.kind === 'name' ? boundOnce(expression.id, context) : expression;
}

function onlyValue([only, ...others]: readonly SyntaxNode[]): Expression | null {
  if (others.length > 0 || only?.kind !== 'assignment') return null;
  return only.targets.length === 1 && only.targets[0]?.kind === 'name' ? only.value : null;
}

function bindingsIn(nodes: Iterable<SyntaxNode>, name: string): readonly SyntaxNode[] {
  return [...nodes].filter(node => bindsName(node, name));
}

/** Of its own statements. What stands further in, in a function or a block, is looked for in the text alone. */
function bindingsOfModule(name: string, { file }: FileContext): readonly SyntaxNode[] {
  const written = `(?<![.\\w])${literalPattern(name)}`;
  const changed = [
    `global\\s[^\\n]*${written}\\b`,
    `${written}\\s*\\.\\s*(?:${[...changes].join('|')})\\(`,
    `^[ \\t]+${written}\\s*(?::[^=\\n]+)?[-+|]?=(?!=)`,
  ];
  return new RegExp(changed.join('|'), 'm').test(file.text) ? [] : bindingsIn(file.module.body, name);
}

function bindsName(node: SyntaxNode, name: string): boolean {
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
