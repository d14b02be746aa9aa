/** Calls of library functions, found through variables and through small helper functions of the workspace. */
import type { Call, Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { bindParameters } from './arguments.ts';
import { soleReturn } from './constants.ts';
import { followReference, referenceOf } from './reference.ts';
import { type Bound, enterSite, maximumDepth, type Site } from './site.ts';

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
  if (reference.kind === 'library') {
    // `cast(dict[str, Any], Column(…))` is for type checkers alone.
    const told = reference.name === 'typing.cast' ? expression.arguments[1]?.value : undefined;
    return told ? libraryCallOf(told, site) : { name: reference.name, call: expression, site };
  }
  if (reference.kind === 'variable') {
    const { value } = reference.node;
    return value && partialCall(value, expression, site, enterSite(site, reference.file));
  }
  if (reference.kind !== 'function') return null;
  const home = enterSite(site, reference.file);
  const behind = passedOn(reference.node, home);
  if (behind !== null) return { name: behind, call: expression, site };
  const locals = bindParameters(reference.node, expression, site, home);
  const result = locals && resultOf(reference.node.body, { ...home, locals });
  return result && libraryCallOf(result.expression, result.site);
}

/** A call of what `Column = functools.partial(db.Column, nullable=False)` holds; null where it holds anything else. */
function partialCall(value: Expression, call: Call, site: Site, home: Site): LibraryCall | null {
  if (value.kind !== 'call' || value.arguments.some(({ unpacked }) => unpacked)) return null;
  const maker = followReference(value.function, home);
  const [callee, ...before] = value.arguments;
  if (maker.kind !== 'library' || maker.name !== 'functools.partial' || !callee) return null;
  const called = followReference(callee.value, home);
  // Constants mean the same wherever they are read.
  const isFixed = before.every(each => each.keyword !== null && constants.has(each.value.kind));
  if (called.kind !== 'library' || !isFixed) return null;
  const named = new Set(call.arguments.map(({ keyword }) => keyword?.id));
  const left = before.filter(({ keyword }) => !named.has(keyword?.id));
  return { name: called.name, call: { ...call, arguments: [...call.arguments, ...left] }, site };
}

const constants: ReadonlySet<Expression['kind']> = new Set(['constant', 'string', 'number']);

/** The library function that gets all arguments as they are: `def Table(*args, **kwargs): return sa.Table(*args, **kwargs)`. */
function passedOn({ parameters, body }: FunctionDefinition, home: Site): string | null {
  const [positional, keywords] = parameters;
  const isOpen = positional?.kind === 'var-positional' && keywords?.kind === 'var-keyword';
  const result =
    isOpen && parameters.length === 2
      ? soleReturn(body.filter(each => !isForOtherDialect(each, keywords.name.id)))
      : null;
  if (result?.kind !== 'call' || result.arguments.length !== 2) return null;
  const [all, rest] = result.arguments;
  const isWhole =
    all?.value.kind === 'starred' &&
    isNamed(all.value.value, positional?.name.id) &&
    rest?.unpacked === true &&
    isNamed(rest.value, keywords?.name.id);
  const callee = isWhole ? followReference(result.function, home) : null;
  return callee?.kind === 'library' ? callee.name : null;
}

/** `kwargs["mysql_engine"] = "InnoDB"`. */
function isForOtherDialect(statement: Statement, keywords: string): boolean {
  const [target] = statement.kind === 'assignment' ? statement.targets : [];
  if (target?.kind !== 'subscript' || !isNamed(target.value, keywords)) return false;
  const [key] = target.indices;
  return key?.kind === 'string' && /^(?:mysql|mariadb|sqlite|oracle|mssql)_/.test(key.value ?? '');
}

function isNamed(expression: Expression, name: string | undefined): boolean {
  return expression.kind === 'name' && expression.id === name;
}

/**
 * What a helper function gives back at its end, with its variables bound; null where it may end elsewhere, or where what a
 * variable holds depends on the way that it takes.
 */
function resultOf(
  body: readonly Statement[],
  site: Site,
): { readonly expression: Expression; readonly site: Site } | null {
  let inside = site;
  for (const statement of body) {
    if (statement.kind === 'return') return statement.value && { expression: statement.value, site: inside };
    if (statement.kind === 'assignment') {
      const bound = boundBy(statement, inside);
      if (bound === null) return null;
      inside = { ...inside, locals: new Map([...inside.locals, ...bound]) };
    } else if (!isAside(statement)) return null;
  }
  return null;
}

function boundBy(
  { targets, value }: Statement & { readonly kind: 'assignment' },
  site: Site,
): readonly [string, Bound][] | null {
  const [target] = targets;
  if (targets.length !== 1 || target === undefined || value === null) return null;
  if (target.kind === 'name') return [[target.id, { kind: 'expression', expression: value, site }]];
  if (target.kind !== 'tuple') return null;
  const names = target.elements.flatMap(each => (each.kind === 'name' ? [each.id] : []));
  if (names.length < target.elements.length) return null;
  return names.map((name, index) => [name, { kind: 'expression', expression: itemOf(value, index), site }]);
}

/** What unpacking gives the target at the index. */
function itemOf(value: Expression, index: number): Expression {
  const written = value.kind === 'tuple' ? value.elements[index] : undefined;
  if (written !== undefined) return written;
  const { start, end } = value;
  const place: Expression = { kind: 'number', text: String(index), type: 'int', start, end };
  return { kind: 'subscript', value, indices: [place], start, end };
}

/** A docstring, an assertion, or a check that raises. */
function isAside(statement: Statement): boolean {
  if (statement.kind === 'expression') return statement.expression.kind === 'string';
  if (statement.kind !== 'if') return statement.kind === 'assert' || statement.kind === 'pass';
  return statement.otherwise.length === 0 && statement.body.every(each => each.kind === 'raise');
}
