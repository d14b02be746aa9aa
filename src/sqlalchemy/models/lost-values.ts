/** Variables of a function whose value is not known any more: changed in place, or bound by what cannot be followed. */
import type { TextRange } from '../../base/range.ts';
import type { Expression, Statement } from '../../python/syntax.ts';
import { attributeKey } from '../reading/expand.ts';
import type { Bound, Site } from '../reading/site.ts';
import { rootName } from './class-body.ts';

/** `attributes["id"] = …` and `attributes.update(…)`: what the variable holds is no longer what was written. */
export function afterCall(expression: Expression, site: Site): Site {
  const written = expression.kind === 'call' ? expression.function : expression;
  if (
    written.kind === 'attribute' &&
    !/^(?:update|setdefault|pop|append|extend|insert)$/.test(written.attribute.id)
  )
    return site;
  const owner = written.kind === 'attribute' || written.kind === 'subscript' ? written.value : null;
  return owner?.kind === 'name' ? unknownFrom(site, owner, [owner.id]) : site;
}

function unknownFrom(site: Site, { start, end }: TextRange, names: Iterable<string>): Site {
  const bound: Bound = { kind: 'expression', expression: { kind: 'unreadable', start, end }, site };
  return { ...site, locals: new Map([...site.locals, ...[...names].map(name => [name, bound] as const)]) };
}

/** After a branch or a loop that is not followed. */
export function afterUnknown(body: readonly Statement[], site: Site): Site {
  const names = new Set<string>();
  const visit = (statement: Statement) => {
    const targets =
      statement.kind === 'assignment'
        ? statement.targets
        : statement.kind === 'augmented-assignment'
          ? [statement.target]
          : statement.kind === 'expression'
            ? [statement.expression]
            : [];
    for (const target of targets) {
      const key = attributeKey(target);
      if (key !== null) names.add(key);
      const root = rootName(target);
      if (root !== null) names.add(root);
    }
    if ('body' in statement && statement.kind !== 'function' && statement.kind !== 'class')
      statement.body.forEach(visit);
    if ('otherwise' in statement) statement.otherwise.forEach(visit);
  };
  body.forEach(visit);
  const [first] = body;
  return first ? unknownFrom(site, first, names) : site;
}
