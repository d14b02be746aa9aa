/** Calls of library functions, found through variables and through small helper functions of the workspace. */
import type { Call, Expression } from '../../python/syntax.ts';
import { bindParameters } from './arguments.ts';
import { soleReturn } from './constants.ts';
import { followReference, referenceOf } from './reference.ts';
import { enterSite, maximumDepth, type Site } from './site.ts';

export interface LibraryCall {
  /** The function's library name: `mapped_column`, `sqlmodel.Field`. */
  readonly name: string;
  readonly call: Call;
  /** Where the call's arguments are to be read. */
  readonly site: Site;
}

export function libraryCallOf(expression: Expression, site: Site): LibraryCall | null {
  if (site.depth > maximumDepth) return null;
  if (expression.kind === 'name' || expression.kind === 'attribute') {
    const bound = expression.kind === 'name' ? site.locals.get(expression.id) : undefined;
    if (bound) return bound.kind === 'expression' ? libraryCallOf(bound.expression, bound.site) : null;
    const reference = referenceOf(expression, site);
    if (reference.kind !== 'variable' || !reference.node.value) return null;
    return libraryCallOf(reference.node.value, enterSite(site, reference.file));
  }
  if (expression.kind !== 'call') return null;
  const reference = followReference(expression.function, site);
  if (reference.kind === 'library') return { name: reference.name, call: expression, site };
  if (reference.kind !== 'function') return null;
  const home = enterSite(site, reference.file);
  const locals = bindParameters(reference.node, expression, site, home);
  const result = soleReturn(reference.node.body);
  return locals && result ? libraryCallOf(result, { ...home, locals }) : null;
}
