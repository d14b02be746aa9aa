/** Lists that a revision writes out: what a loop runs over, what `*columns` stands for. */
import type { Expression } from '../../python/syntax.ts';
import { followReference } from '../../sqlalchemy/reading/reference.ts';
import { maximumDepth, type Site } from '../../sqlalchemy/reading/site.ts';

export interface ListElement {
  readonly expression: Expression;
  /** Where its names are looked up. */
  readonly site: Site;
}

const longestList = 200;

/** Through variables, sums, and lists inside of lists; null where a part is computed, and for very long ones. */
export function listElements(expression: Expression, site: Site, depth = 0): readonly ListElement[] | null {
  if (depth > maximumDepth) return null;
  switch (expression.kind) {
    case 'tuple':
    case 'list':
    case 'set': {
      if (expression.elements.length > longestList) return null;
      return joined(
        expression.elements.map(element =>
          element.kind === 'starred'
            ? listElements(element.value, site, depth + 1)
            : [{ expression: element, site }],
        ),
      );
    }
    case 'binary':
      if (expression.operator !== '+') return null;
      return joined([expression.left, expression.right].map(each => listElements(each, site, depth + 1)));
    case 'name': {
      const local = site.locals.get(expression.id);
      if (local)
        return local.kind === 'expression' ? listElements(local.expression, local.site, depth + 1) : null;
      const reference = followReference(expression, site);
      return reference.kind === 'variable' && reference.node.value
        ? listElements(reference.node.value, site, depth + 1)
        : null;
    }
    default:
      return null;
  }
}

function joined(parts: readonly (readonly ListElement[] | null)[]): readonly ListElement[] | null {
  return parts.every(part => part !== null) ? parts.flat() : null;
}
