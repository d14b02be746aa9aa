/**
 * The annotation of a mapped attribute, taken apart as SQLAlchemy does: optional or not, settings inside
 * `Annotated`, and under which names the type maps may know it.
 */
import type { Expression } from '../../python/syntax.ts';
import { unquoted } from '../reading/expression-text.ts';
import { followReference, referenceOf } from '../reading/reference.ts';
import { enterSite, type Located, maximumDepth, type Site } from '../reading/site.ts';

export interface Annotation {
  readonly nullable: boolean;
  /** The elements of `Annotated` behind the type, outermost first. */
  readonly metadata: readonly Located[];
  /** Identities to look up in `type_annotation_map`, the most specific first. */
  readonly identities: readonly string[];
  /** The bare type, without optional, aliases and `Annotated`; null for a union of several types. */
  readonly core: Located | null;
}

export function readAnnotation(expression: Expression, site: Site): Annotation {
  const parts: Parts = { nullable: false, metadata: [], identities: [] };
  const core = unwrap(expression, site, parts);
  return { ...parts, core };
}

/** Whether the type allows None; null where what it names could not be found, so that it may hide one. */
export function allowsNone({ nullable, core }: Annotation): boolean | null {
  if (nullable) return true;
  if (core === null) return null;
  const { expression, site } = core;
  const named = followReference(expression.kind === 'subscript' ? expression.value : expression, site);
  const isAny = named.kind === 'library' && /^(typing\.Any|builtins\.object)$/.test(named.name);
  return !isAny && (named.kind === 'library' || named.kind === 'class') ? false : null;
}

interface Parts {
  nullable: boolean;
  metadata: Located[];
  identities: string[];
}

function unwrap(written: Expression, site: Site, parts: Parts): Located | null {
  if (site.depth > maximumDepth) return null;
  const expression = unquoted(written);
  if (expression.kind === 'subscript') {
    const generic = genericName(expression.value, site);
    if (generic === 'typing.Optional')
      return unwrapUnion([...expression.indices, none(expression)], expression, site, parts);
    if (generic === 'typing.Union') return unwrapUnion(expression.indices, expression, site, parts);
    if (generic === 'typing.Annotated') {
      parts.metadata.push(...expression.indices.slice(1).map(element => ({ expression: element, site })));
      const inner = expression.indices[0];
      return inner ? unwrap(inner, site, parts) : null;
    }
  }
  if (expression.kind === 'binary' && expression.operator === '|') {
    return unwrapUnion(unionMembers(expression), expression, site, parts);
  }
  if (expression.kind === 'call') return unwrapForwardRef(expression, site, parts);
  return unwrapName(expression, site, parts);
}

function unwrapName(expression: Expression, site: Site, parts: Parts): Located | null {
  parts.identities.push(identityOf(expression, site));
  const reference = referenceOf(expression, site);
  if (reference.kind === 'type-alias')
    return unwrap(reference.node.value, enterSite(site, reference.file), parts);
  if (reference.kind !== 'variable' || !reference.node.value) return { expression, site };
  const { value } = reference.node;
  const alias = value.kind === 'call' ? aliasedByCall(value) : value;
  if (!alias) return { expression, site };
  return unwrap(alias, enterSite(site, reference.file), parts);
}

/** `TypeAliasType("X", T)` is T; `NewType` is a type of its own, which only a type map can know. */
function aliasedByCall(call: Expression & { kind: 'call' }): Expression | null {
  const name =
    call.function.kind === 'name'
      ? call.function.id
      : call.function.kind === 'attribute'
        ? call.function.attribute.id
        : '';
  return name === 'TypeAliasType' ? (call.arguments[1]?.value ?? null) : null;
}

function unwrapForwardRef(call: Expression & { kind: 'call' }, site: Site, parts: Parts): Located | null {
  const argument = call.arguments[0]?.value;
  return genericName(call.function, site) === 'typing.ForwardRef' && argument
    ? unwrap(argument, site, parts)
    : null;
}

function unwrapUnion(
  members: readonly Expression[],
  whole: Expression,
  site: Site,
  parts: Parts,
): Located | null {
  const types = members.map(unquoted).filter(member => !isNone(member));
  if (types.length < members.length) parts.nullable = true;
  const only = types[0];
  if (types.length === 1 && only) return unwrap(only, site, parts);
  parts.identities.push(identityOf(whole, site));
  return null;
}

export function unionMembers(expression: Expression): Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== '|') return [expression];
  return [...unionMembers(expression.left), ...unionMembers(expression.right)];
}

export function isNone(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === 'None';
}

function none(range: Expression): Expression {
  return { kind: 'constant', value: 'None', start: range.start, end: range.end };
}

/** The library name of a generic type's head, `typing.Optional`; null for others. */
export function genericName(expression: Expression, site: Site): string | null {
  const reference = followReference(expression, site);
  return reference.kind === 'library' ? reference.name : null;
}

/** One spelling for one type, whatever it is imported as: `builtins.dict[builtins.str, typing.Any]`. */
export function identityOf(written: Expression, site: Site, depth = 0): string {
  const expression = unquoted(written);
  if (depth > maximumDepth) return '…';
  switch (expression.kind) {
    case 'name':
    case 'attribute': {
      const reference = referenceOf(expression, site);
      if (reference.kind === 'library') return reference.name;
      if (reference.kind !== 'unknown') return reference.qualifiedName;
      return site.file.text.slice(expression.start, expression.end);
    }
    case 'subscript': {
      const inside = expression.indices.map(index => identityOf(index, site, depth + 1));
      return `${identityOf(expression.value, site, depth + 1)}[${inside.join(', ')}]`;
    }
    case 'binary':
      return unionMembers(expression)
        .map(member => identityOf(member, site, depth + 1))
        .sort()
        .join(' | ');
    case 'list':
    case 'tuple':
      return `[${expression.elements.map(element => identityOf(element, site, depth + 1)).join(', ')}]`;
    case 'string':
      return JSON.stringify(expression.value);
    default:
      return site.file.text.slice(expression.start, expression.end).replace(/\s+/g, ' ');
  }
}
