/** Every `create_engine(…)` and its kin, and every session factory, with what is constant of their arguments. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression, SyntaxNode } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { EngineFact, SessionFactoryFact } from '../engine.ts';
import type { SourceFile } from '../project.ts';
import { argumentsOf, type CallArguments } from '../reading/arguments.ts';
import { argumentsAt, entriesOf } from '../reading/arguments-at.ts';
import { booleanOr, stringOf } from '../reading/constants.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import { calleeName } from '../reading/reference.ts';
import { type NameResolver, type Site, siteOf } from '../reading/site.ts';
import { readApplicationName } from './application-name.ts';
import { readEngineUrl, schemeOf } from './engine-url.ts';
import { readPool } from './read-pool.ts';
import { commonFact, sitesOf } from './told-by-calls.ts';

export interface ReadEngines {
  readonly engines: readonly EngineFact[];
  readonly sessionFactories: readonly SessionFactoryFact[];
}

const engineKinds: Readonly<Record<string, EngineFact['kind']>> = {
  create_engine: 'sync',
  engine_from_config: 'sync',
  create_async_engine: 'async',
  async_engine_from_config: 'async',
};

const factoryKinds: Readonly<Record<string, SessionFactoryFact['kind']>> = {
  sessionmaker: 'sync',
  scoped_session: 'sync',
  async_sessionmaker: 'async',
  async_scoped_session: 'async',
};

const mentioned = /create_engine|create_async_engine|engine_from_config|sessionmaker|scoped_session/;

/** Whether there can be any in the file: most have none. */
export function mentionsEngines(file: SourceFile): boolean {
  return mentioned.test(file.text);
}

export function readEngines(file: SourceFile, names: NameResolver): ReadEngines {
  const engines: EngineFact[] = [];
  const sessionFactories: SessionFactoryFact[] = [];
  const site = siteOf(file, names);
  const holders = new Map<Expression, string>();
  const wrapped = new Set<Expression>();
  for (const node of walk(file.module)) {
    noteHolder(node, holders);
    if (node.kind !== 'call' || wrapped.has(node)) continue;
    const name = calleeName(node, site) ?? '';
    const engineKind = engineKinds[name];
    const factoryKind = factoryKinds[name];
    if (engineKind) {
      const holder = holders.get(node) ?? null;
      const read = sitesOf(node, site).map(each => readEngine(node, name, engineKind, holder, each));
      engines.push(...commonFact(read));
    }
    if (!factoryKind) continue;
    // `scoped_session(sessionmaker(…))` is one factory.
    const inner = node.arguments[0]?.value;
    if (inner !== undefined && factoryKinds[calleeName(inner, site) ?? ''] !== undefined) wrapped.add(inner);
    sessionFactories.push(readFactory(node, factoryKind, holders.get(node) ?? null, site));
  }
  return { engines, sessionFactories };
}

/** Walking goes from the outside in, so that a call's holder is known before the call. */
function noteHolder(node: SyntaxNode, holders: Map<Expression, string>): void {
  if (node.kind === 'assignment' && node.value) {
    const target = node.targets[0];
    const name = target && lastName(target);
    if (name) holders.set(node.value, name);
  } else if (node.kind === 'named') holders.set(node.value, node.target.id);
}

function readEngine(
  call: Call,
  callee: string,
  kind: EngineFact['kind'],
  name: string | null,
  site: Site,
): EngineFact {
  const given = withConfiguration(argumentsAt(call, site), callee, site);
  const urlExpression = callee.endsWith('from_config')
    ? given.keywords.get('url')
    : (given.positional[0] ?? given.keywords.get('url'));
  const url = urlExpression ? readEngineUrl(urlExpression, site) : null;
  const driver = url === null ? urlExpression && schemeOf(urlExpression, site) : /^([\w+]+):/.exec(url)?.[1];
  return {
    kind,
    location: { path: site.file.path, range: { start: call.start, end: call.end } },
    name,
    url,
    urlText: urlExpression ? site.file.text.slice(urlExpression.start, urlExpression.end) : '',
    driver: driver ?? null,
    pool: readPool(given, { kind, url, site }),
    applicationName: readApplicationName(given, url, site),
    echo: booleanOr(given.keywords.get('echo'), false, site) ?? false,
  };
}

/** `engine_from_config({"sqlalchemy.url": …}, prefix="sqlalchemy.")` as if its keys were keywords. */
function withConfiguration(given: CallArguments, callee: string, site: Site): CallArguments {
  if (!callee.endsWith('from_config')) return given;
  const configuration = given.positional[0] ?? given.keywords.get('configuration');
  const entries = configuration ? entriesOf(configuration, site) : null;
  if (entries === null) return { ...given, open: true };
  const prefix = stringOf(given.positional[1] ?? given.keywords.get('prefix'), site) ?? 'sqlalchemy.';
  const keywords = new Map(given.keywords);
  for (const [name, value] of entries)
    if (name.startsWith(prefix)) keywords.set(name.slice(prefix.length), value);
  return { ...given, keywords };
}

function readFactory(
  call: Call,
  kind: SessionFactoryFact['kind'],
  name: string | null,
  site: Site,
): SessionFactoryFact {
  const given = argumentsOf(call);
  const inner = given.positional[0] ? libraryCallOf(given.positional[0], site) : null;
  const isScoped = inner !== null && factoryKinds[inner.name] !== undefined;
  const source = isScoped ? argumentsOf(inner.call) : given;
  const asyncClass = given.keywords.get('class_');
  const isAsync =
    kind === 'async' || (asyncClass !== undefined && /AsyncSession$/.test(textOf(asyncClass, site)));
  return {
    kind: isAsync ? 'async' : 'sync',
    location: { path: site.file.path, range: { start: call.start, end: call.end } },
    name,
    expireOnCommit:
      source.open && !source.keywords.has('expire_on_commit')
        ? null
        : booleanOr(source.keywords.get('expire_on_commit'), true, site),
  };
}

function textOf(expression: Expression, site: Site): string {
  return site.file.text.slice(expression.start, expression.end);
}
