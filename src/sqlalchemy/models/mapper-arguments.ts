/** `__mapper_args__`, and the keywords of an imperative mapping that are the same: how classes of one table are told apart. */
import type { Expression } from '../../python/syntax.ts';
import type { ColumnPropertyAttribute } from '../model.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { constantOf, soleReturn, stringOf } from '../reading/constants.ts';
import { type Bound, type Site, siteOf } from '../reading/site.ts';
import { type BodyMember, classBody } from './class-body.ts';
import type { Ancestry, Hierarchy } from './class-hierarchy.ts';
import type { ClassNode } from './class-node.ts';
import type { PolymorphicDraft } from './drafts.ts';
import { isDeclaredAttribute } from './read-member.ts';

/** Arguments of a mapper by name, to be read at `site`. */
export interface MapperArguments {
  readonly named: Pick<ReadonlyMap<string, Expression>, 'get'>;
  /** True where there may be others. */
  readonly open: boolean;
  readonly site: Site;
}

/** Those of the nearest class that has them for this one: mixins hand theirs down, mapped parents only declared ones. */
export function mapperArgumentsOf(
  node: ClassNode,
  ancestry: Ancestry,
  hierarchy: Hierarchy,
): MapperArguments | null {
  const cls: Bound = { kind: 'class', qualifiedName: node.qualifiedName };
  for (const source of ancestry.order) {
    const member = classBody(source.node).find(({ name }) => name === '__mapper_args__');
    if (!member) continue;
    const site: Site = { ...siteOf(source.file, hierarchy.names), locals: new Map([['cls', cls]]) };
    if (member.function === null) {
      if (source !== node && hierarchy.ancestryOf(source).mapped) continue;
      return entries(member.value, site);
    }
    return entries(onlyReturn(member, site), site);
  }
  return null;
}

/** What a `declared_attr` returns, where it returns one thing. */
function onlyReturn({ function: node }: BodyMember, site: Site): Expression | null {
  if (!node?.decorators.some(decorator => isDeclaredAttribute(decorator, site))) return null;
  return soleReturn(node.body);
}

function entries(written: Expression | null, site: Site): MapperArguments {
  const named = new Map<string, Expression>();
  if (written?.kind === 'call' && written.function.kind === 'name' && written.function.id === 'dict') {
    const { keywords, positional, open } = argumentsOf(written);
    return { named: keywords, open: open || positional.length > 0, site };
  }
  if (written?.kind !== 'dict') return { named, open: true, site };
  let open = false;
  for (const { key, value } of written.entries) {
    const name = key ? stringOf(key, site) : undefined;
    if (name === undefined) open = true;
    else named.set(name, value);
  }
  return { named, open, site };
}

export function isConcrete(given: MapperArguments | null, { libraries }: Ancestry): boolean {
  if (libraries.has('ConcreteBase') || libraries.has('AbstractConcreteBase')) return true;
  return given !== null && isTrue(given, 'concrete');
}

export function isTrue({ named, site }: MapperArguments, name: string): boolean {
  const value = named.get(name);
  return value !== undefined && constantOf(value, site) === true;
}

/** Null for a class that says nothing of it. */
export function polymorphicOf(given: MapperArguments | null): PolymorphicDraft | null {
  if (given === null) return null;
  const { named, open, site } = given;
  const on = named.get('polymorphic_on');
  const identity = named.get('polymorphic_identity');
  return {
    on: on === undefined ? (open ? 'unknown' : null) : discriminator(on, site),
    identity: identity === undefined ? null : site.file.text.slice(identity.start, identity.end),
    abstract: isTrue(given, 'polymorphic_abstract'),
    loads: loaded(named.get('with_polymorphic'), site),
    inline: stringOf(named.get('polymorphic_load'), site) === 'inline',
    selectin: stringOf(named.get('polymorphic_load'), site) === 'selectin',
  };
}

function loaded(written: Expression | undefined, site: Site): PolymorphicDraft['loads'] {
  if (written === undefined || constantOf(written, site) === null) return null;
  return stringOf(written, site) === '*' ? 'all' : 'unknown';
}

/** Under which a class maps what tells its rows apart, where that is an SQL expression. */
export const DISCRIMINATOR = '_sa_polymorphic_on';

/** The attribute that SQLAlchemy makes of such an expression, which is loaded with the columns. */
export function discriminatorAttribute(given: MapperArguments | null): ColumnPropertyAttribute | null {
  const written = given?.named.get('polymorphic_on');
  if (given === null || written?.kind !== 'call') return null;
  const range = { start: written.start, end: written.end };
  const location = { path: given.site.file.path, range };
  return { kind: 'column-property', name: DISCRIMINATOR, location, nameRange: range };
}

/** `"kind"`, `kind`, `cls.kind`, `users.c.kind`, `users.c["kind"]`. */
function discriminator(written: Expression, site: Site): PolymorphicDraft['on'] {
  const text = stringOf(written, site);
  if (text !== undefined) return { name: text };
  if (written.kind === 'name') return { name: written.id };
  if (written.kind === 'attribute') return { name: written.attribute.id };
  const index = written.kind === 'subscript' ? written.indices[0] : undefined;
  const key = index && stringOf(index, site);
  return key === undefined ? 'unknown' : { name: key };
}
