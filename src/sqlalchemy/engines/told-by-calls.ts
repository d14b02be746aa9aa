/**
 * What an engine's function is given: `Database(url)` says what `create_engine(url)` in its `__init__` is about. Calls in the
 * function's own file alone: those of other files would make one file's engines depend on all.
 */
import { contains } from '../../base/range.ts';
import type { Call, FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { EngineFact, PoolSettings } from '../engine.ts';
import { bindParameters } from '../reading/arguments.ts';
import { followReference } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';

const CALL_LIMIT = 8;

/** The function around a call, and the name under which its file calls it. */
interface Surrounding {
  readonly node: FunctionDefinition;
  readonly called: string;
}

/** One for each call that says what the function around the engine is given; the site itself where there is none. */
export function sitesOf(engine: Call, site: Site): readonly Site[] {
  const around = surroundingOf(engine, site);
  if (around === null || around.node.parameters.length === 0) return [site];
  const sites: Site[] = [];
  for (const node of walk(site.file.module)) {
    if (node.kind !== 'call' || sites.length === CALL_LIMIT || !isCallOf(node, around, site)) continue;
    const locals = bindParameters(withoutSelf(around.node), node, site, site);
    if (locals !== null) sites.push({ ...site, locals, depth: site.depth + 1 });
  }
  return sites.length === 0 ? [site] : sites;
}

function surroundingOf(engine: Call, { file }: Site): Surrounding | null {
  const outer = file.module.body.find(each => contains(each, engine));
  if (outer?.kind === 'function') return { node: outer, called: `${file.name}.${outer.name.id}` };
  const method = outer?.kind === 'class' ? outer.body.find(each => contains(each, engine)) : undefined;
  return outer?.kind === 'class' && method?.kind === 'function' && method.name.id === '__init__'
    ? { node: method, called: `${file.name}.${outer.name.id}` }
    : null;
}

function isCallOf(call: Call, { called }: Surrounding, site: Site): boolean {
  const reference = followReference(call.function, site);
  return (reference.kind === 'function' || reference.kind === 'class') && reference.qualifiedName === called;
}

function withoutSelf(node: FunctionDefinition): FunctionDefinition {
  return node.name.id === '__init__' ? { ...node, parameters: node.parameters.slice(1) } : node;
}

/** One fact of what all of them say alike: what differs from call to call is not known. */
export function commonFact([first, ...others]: readonly EngineFact[]): readonly EngineFact[] {
  if (first === undefined || others.length === 0) return first === undefined ? [] : [first];
  const alike = <Part>(pick: (fact: EngineFact) => Part): Part | null =>
    others.every(each => pick(each) === pick(first)) ? pick(first) : null;
  const pool: PoolSettings = {
    className: alike(({ pool }) => pool.className),
    size: alike(({ pool }) => pool.size),
    maxOverflow: alike(({ pool }) => pool.maxOverflow),
    timeout: alike(({ pool }) => pool.timeout),
    recycle: alike(({ pool }) => pool.recycle),
    prePing: alike(({ pool }) => pool.prePing),
  };
  return [
    {
      ...first,
      url: alike(({ url }) => url),
      driver: alike(({ driver }) => driver),
      applicationName: alike(({ applicationName }) => applicationName),
      echo: others.every(({ echo }) => echo) && first.echo,
      pool,
    },
  ];
}
