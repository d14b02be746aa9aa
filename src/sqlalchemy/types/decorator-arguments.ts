/** What the `__init__` of a type of the workspace hands on to the type behind it: `super().__init__(…)`, `self.impl = …`. */
import type { Argument, Call, Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { argumentsOf, bindParameters } from '../reading/arguments.ts';
import { flatten } from '../reading/class-members.ts';
import { withLocal } from '../reading/constants.ts';
import type { Bound, Site } from '../reading/site.ts';
import { type AddedKeyword, addedKeywords } from './added-keywords.ts';
import { isNone } from './read-annotation.ts';

export interface HandedOn {
  /** The call of `super().__init__` with `*args` and `**kwargs` written out, or what is assigned to `self.impl`. */
  readonly kind: 'arguments' | 'impl';
  readonly expression: Call | Expression;
  readonly site: Site;
}

/** Null where it hands on nothing that can be followed. `home` is where the `__init__` stands. */
export function handedOn(init: FunctionDefinition, call: Call, site: Site, home: Site): HandedOn | null {
  const own: FunctionDefinition = { ...init, parameters: init.parameters.slice(1) };
  const bound = bindParameters(own, call, site, home);
  if (bound === null) return null;
  const locals = new Map<string, Bound>(bound);
  const statements = [...flatten(init.body)];
  // `if column_type is not None: self.impl = column_type`: what is not given leaves the class's own.
  const impl = statements.map(assignedImpl).find(each => each !== null && !isNoneGiven(each, locals));
  if (impl) return { kind: 'impl', expression: impl, site: { ...home, locals } };
  const above = statements.map(superInit).find(each => each !== null);
  const added = above ? addedKeywords(init, above) : null;
  if (!above || added === null) return null;
  const inside = withVariables(init.body, above, { ...home, locals: new Map(bound) });
  for (const [name, variable] of inside.locals) locals.set(name, variable);
  const given = above.arguments.flatMap(each => writtenOut(each, own, call, { site, locals, added, inside }));
  return { kind: 'arguments', expression: { ...above, arguments: given }, site: { ...home, locals } };
}

/** With what the body assigns before the call to names that are no parameters. */
function withVariables(body: readonly Statement[], until: Call, start: Site): Site {
  let site = start;
  for (const statement of body) {
    if (statement.kind !== 'assignment' || statement.end > until.start || !statement.value) continue;
    const [target] = statement.targets;
    if (statement.targets.length !== 1 || target?.kind !== 'name' || start.locals.has(target.id)) continue;
    site = withLocal(site, target.id, { kind: 'expression', expression: statement.value, site });
  }
  return site;
}

function isNoneGiven(expression: Expression, locals: ReadonlyMap<string, Bound>): boolean {
  const bound = expression.kind === 'name' ? locals.get(expression.id) : undefined;
  return isNone(bound?.kind === 'expression' ? bound.expression : expression);
}

function assignedImpl(statement: Statement): Expression | null {
  if (statement.kind !== 'assignment') return null;
  const isImpl = statement.targets.some(
    target => target.kind === 'attribute' && target.attribute.id === 'impl',
  );
  return isImpl ? statement.value : null;
}

function superInit(statement: Statement): Call | null {
  const call = statement.kind === 'expression' ? statement.expression : null;
  if (call?.kind !== 'call' || call.function.kind !== 'attribute') return null;
  const owner = call.function.value;
  const isSuper = owner.kind === 'call' && owner.function.kind === 'name' && owner.function.id === 'super';
  return isSuper && call.function.attribute.id === '__init__' ? call : null;
}

interface HandingOn {
  /** Of the call. */
  readonly site: Site;
  /** Of the body. */
  readonly inside: Site;
  readonly locals: Map<string, Bound>;
  readonly added: readonly AddedKeyword[];
}

/**
 * `*args` and `**kwargs` as names of their own for each value that the call gives beyond the parameters, and that the body
 * adds to the keywords.
 */
function writtenOut(
  argument: Argument,
  { parameters }: FunctionDefinition,
  call: Call,
  { site, inside, locals, added }: HandingOn,
): readonly Argument[] {
  const given = argumentsOf(call);
  const named = (id: string, expression: Expression, keyword: string | null, at = site): Argument => {
    locals.set(id, { kind: 'expression', expression, site: at });
    const place = { start: argument.start, end: argument.end };
    const value: Expression = { kind: 'name', id, ...place };
    return { keyword: keyword === null ? null : { id: keyword, ...place }, unpacked: false, value, ...place };
  };
  if (argument.value.kind === 'starred') {
    const { value } = argument.value;
    const isGiven = parameters.some(
      ({ kind, name }) => kind === 'var-positional' && value.kind === 'name' && value.id === name.id,
    );
    if (!isGiven) return [argument];
    const positional = parameters.filter(
      each => each.kind === 'positional-or-keyword' || each.kind === 'positional-only',
    );
    return given.positional.slice(positional.length).map((each, index) => named(`*${index}`, each, null));
  }
  if (!argument.unpacked) return [argument];
  const names = new Set(parameters.map(each => each.name.id));
  const keywords = new Map(
    [...given.keywords].flatMap(([name, each]) =>
      names.has(name) ? [] : [[name, named(`**${name}`, each, name)] as const],
    ),
  );
  for (const { name, value, onlyIfMissing } of added)
    if (!onlyIfMissing || !keywords.has(name)) keywords.set(name, named(`**${name}`, value, name, inside));
  return [...keywords.values()];
}
