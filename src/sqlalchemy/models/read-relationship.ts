/** `relationship(…)` with its annotation, as written: the target is found and the direction worked out when linked. */
import { lastPart } from '../../base/dotted-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { CallArguments } from '../reading/arguments.ts';
import { argumentsAt, entriesOf } from '../reading/arguments-at.ts';
import { booleanOr, constantOf, soleReturn, stringOf } from '../reading/constants.ts';
import { unquoted } from '../reading/expression-text.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import { followReference, type Reference, referenceOf, referenceOfName } from '../reading/reference.ts';
import { enterSite, maximumDepth, type Site } from '../reading/site.ts';
import { genericName, isNone, unionMembers } from '../types/read-annotation.ts';
import type { JoinedLoadingDraft, RelationshipDraft, SecondaryReference, TargetReference } from './drafts.ts';

export interface RelationshipAnnotation {
  /** Inside of `Mapped[…]`. */
  readonly expression: Expression;
  readonly site: Site;
  readonly wrapper: MappedWrapper;
}

export type MappedWrapper = 'Mapped' | 'WriteOnlyMapped' | 'DynamicMapped' | 'none';

type Place = Pick<RelationshipDraft, 'name' | 'location' | 'nameRange'>;

export function readRelationship(
  place: Place,
  call: Call,
  site: Site,
  annotation: RelationshipAnnotation | null,
): RelationshipDraft {
  const given = withSaArguments(argumentsAt(call, site), site);
  const first = given.positional[0] ?? given.keywords.get('argument');
  const annotated = annotation && targetOfAnnotation(annotation);
  const target = (first && targetOf(first, site)) ?? annotated?.target ?? { text: '', qualifiedName: null };
  const secondary =
    given.keywords.get('secondary') ?? given.keywords.get('link_model') ?? given.positional[1];
  const useList = given.keywords.get('uselist');
  const lazy = given.keywords.get('lazy');
  return {
    kind: 'relationship',
    ...place,
    target,
    collection: useList
      ? booleanOr(useList, false, site)
      : scalarOrDynamic(annotated?.collection ?? null, annotation),
    annotatedCollection: annotated?.collection ?? false,
    backPopulates: backPopulates(given.keywords.get('back_populates'), site),
    backref: readBackref(given.keywords.get('backref'), site),
    lazy: lazy ? lazyName(lazy, site) : defaultLazy(annotation?.wrapper ?? 'none'),
    loading: joinedLoading(given, site),
    secondary: secondary && !isNone(secondary) ? secondaryOf(secondary, site) : null,
    viewOnly: booleanOr(given.keywords.get('viewonly'), false, site) ?? false,
    cascade: cascadeOf(given, site),
    singleParent: hasSingleParent(given, site),
    foreignKeys: listed(given.keywords.get('foreign_keys')),
    remoteSide: listed(given.keywords.get('remote_side') ?? given.keywords.get('sa_remote_side')),
    primaryJoin: joinExpression(given, 'primaryjoin', site),
    secondaryJoin: joinExpression(given, 'secondaryjoin', site),
    site,
  };
}

/** True also where it may be. */
function hasSingleParent(given: CallArguments, site: Site): boolean {
  return given.open || booleanOr(given.keywords.get('single_parent'), false, site) !== false;
}

/** As written; `cascade_delete=True` is SQLModel's word for one. */
function cascadeOf(given: CallArguments, site: Site): string | null {
  const written = stringOf(given.keywords.get('cascade'), site);
  if (written !== undefined) return written;
  return booleanOr(given.keywords.get('cascade_delete'), false, site) === true ? 'all, delete-orphan' : null;
}

/** A list in the annotation does not make a list of a many-to-one: SQLAlchemy lets the direction decide. */
function scalarOrDynamic(
  collection: boolean | null,
  annotation: RelationshipAnnotation | null,
): boolean | null {
  const isDynamic = annotation?.wrapper === 'WriteOnlyMapped' || annotation?.wrapper === 'DynamicMapped';
  return collection === true && !isDynamic ? null : collection;
}

/** SQLModel passes `sa_relationship_kwargs={…}` on. */
function withSaArguments(given: CallArguments, site: Site): CallArguments {
  const extra = given.keywords.get('sa_relationship_kwargs');
  const entries = extra ? entriesOf(extra, site) : null;
  if (!entries) return extra ? { ...given, open: true } : given;
  return { ...given, keywords: new Map([...given.keywords, ...entries]) };
}

/** `"name"`, or `lambda: Other.name` as 2.1 allows; anything else is not known. */
function backPopulates(expression: Expression | undefined, site: Site): string | null {
  const written = expression?.kind === 'lambda' ? expression.body : expression;
  return stringOf(expression, site) ?? (written?.kind === 'attribute' ? written.attribute.id : null);
}

function defaultLazy(wrapper: MappedWrapper): string {
  return wrapper === 'WriteOnlyMapped' ? 'write_only' : wrapper === 'DynamicMapped' ? 'dynamic' : 'select';
}

/** SQLAlchemy takes `True`, `False` and `None` for three of its strategies. */
function lazyName(expression: Expression, site: Site): string {
  const value = constantOf(expression, site);
  if (value === true) return 'select';
  if (value === false) return 'joined';
  return value === null ? 'noload' : typeof value === 'string' ? value : 'select';
}

function targetOf(expression: Expression, site: Site): TargetReference | null {
  if (expression.kind === 'lambda') return targetOf(expression.body, site);
  if (expression.kind === 'constant') return null;
  const text = stringOf(expression, site);
  if (text !== undefined) return { text, qualifiedName: null };
  const reference = referenceOf(expression, site);
  const qualifiedName = reference.kind === 'class' ? reference.qualifiedName : null;
  return { text: site.file.text.slice(expression.start, expression.end), qualifiedName };
}

const collections: ReadonlySet<string> = new Set(
  `list set dict tuple frozenset List Set Dict Sequence Collection MutableSequence MutableSet MutableMapping Mapping
  Iterable KeyFuncDict MappedCollection OrderingList`.split(/\s+/),
);

/** The class inside `Mapped[list["Order"]]`, and whether it is a collection: null where the annotation does not say. */
function targetOfAnnotation(
  annotation: RelationshipAnnotation,
): { target: TargetReference; collection: boolean | null } | null {
  const { site, wrapper } = annotation;
  const always = wrapper === 'WriteOnlyMapped' || wrapper === 'DynamicMapped';
  const expression = withoutNone(unquoted(annotation.expression), site);
  if (expression.kind === 'subscript') {
    const head = genericName(expression.value, site);
    const item = expression.indices[expression.indices.length - 1];
    const short = lastPart(head ?? '');
    if (!item) return null;
    const target = namedTarget(withoutNone(unquoted(item), site), site);
    return target && { target, collection: collections.has(short) || head === null ? true : null };
  }
  const target = namedTarget(expression, site);
  return target && { target, collection: always };
}

function withoutNone(expression: Expression, site: Site): Expression {
  if (expression.kind === 'subscript' && genericName(expression.value, site) === 'typing.Optional') {
    return expression.indices[0] ? withoutNone(unquoted(expression.indices[0]), site) : expression;
  }
  const members = unionMembers(expression).filter(member => !isNone(member));
  return members.length === 1 && members[0] ? unquoted(members[0]) : expression;
}

function namedTarget(expression: Expression, site: Site): TargetReference | null {
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return null;
  const reference = referenceOf(expression, site);
  const text = expression.kind === 'name' ? expression.id : expression.attribute.id;
  return { text, qualifiedName: reference.kind === 'class' ? reference.qualifiedName : null };
}

function secondaryOf(expression: Expression, site: Site): SecondaryReference {
  if (expression.kind === 'lambda') return secondaryOf(expression.body, site);
  const text = stringOf(expression, site);
  if (text !== undefined) return { kind: 'name', text };
  if (expression.kind === 'call') return returnedSecondary(expression, site);
  const target =
    expression.kind === 'attribute' && expression.attribute.id === '__table__'
      ? expression.value
      : expression;
  const reference = referenceOf(target, site);
  const table = reference.kind === 'unknown' ? tableOfClass(expression, site) : reference;
  if (table.kind === 'variable' || table.kind === 'class')
    return { kind: 'variable', qualifiedName: table.qualifiedName };
  return { kind: 'unknown' };
}

/** `lambda: memberships()` of a function that imports the table when it is called. */
function returnedSecondary(call: Call, site: Site): SecondaryReference {
  const callee = followReference(call.function, site);
  const result =
    callee.kind === 'function' && call.arguments.length === 0 ? soleReturn(callee.node.body) : null;
  return callee.kind === 'function' && result && site.depth < maximumDepth
    ? secondaryOf(result, enterSite(site, callee.file))
    : { kind: 'unknown' };
}

/** The class behind a name that stands for its table: `memberships = Membership.__table__`. */
function tableOfClass(expression: Expression, site: Site): Reference {
  const name = site.names.qualify(expression, site.file);
  return name?.endsWith('.__table__')
    ? referenceOfName(name.slice(0, -'.__table__'.length), site)
    : { kind: 'unknown' };
}

function readBackref(expression: Expression | undefined, site: Site): RelationshipDraft['backref'] {
  const name = stringOf(expression, site);
  if (name !== undefined)
    return { name, collection: null, lazy: 'select', viewOnly: null, ...plainCascade, loading: plainLoading };
  const found = expression && libraryCallOf(expression, site);
  if (found?.name !== 'backref') return null;
  const given = argumentsAt(found.call, found.site);
  const written = stringOf(given.positional[0] ?? given.keywords.get('name'), found.site);
  if (written === undefined) return null;
  const useList = given.keywords.get('uselist');
  const lazy = given.keywords.get('lazy');
  const viewOnly = given.keywords.get('viewonly');
  return {
    name: written,
    collection: useList ? booleanOr(useList, false, found.site) : null,
    lazy: lazy ? lazyName(lazy, found.site) : 'select',
    viewOnly: viewOnly ? booleanOr(viewOnly, false, found.site) : null,
    cascade: cascadeOf(given, found.site),
    singleParent: hasSingleParent(given, found.site),
    loading: joinedLoading(given, found.site),
  };
}

const plainCascade = { cascade: null, singleParent: false };
const plainLoading: JoinedLoadingDraft = { orderBy: null, innerJoin: null, joinDepth: null };

function joinedLoading(given: CallArguments, site: Site): JoinedLoadingDraft {
  const inner = given.keywords.get('innerjoin');
  const depth = given.keywords.get('join_depth');
  const value = inner && constantOf(inner, site);
  const levels = depth && constantOf(depth, site);
  return {
    orderBy: joinExpression(given, 'order_by', site),
    innerJoin: value === 'unnested' ? 'unnested' : value === true || value === 'nested' ? 'nested' : null,
    joinDepth: typeof levels === 'number' ? levels : null,
  };
}

/** What a lambda or a function of this file returns stands for it: SQLAlchemy calls it once all classes are there. */
function joinExpression(given: CallArguments, keyword: string, site: Site): Expression | null {
  const expression = given.keywords.get(keyword);
  if (!expression || isNone(expression)) return null;
  if (expression.kind === 'lambda') return expression.body;
  if (expression.kind !== 'name') return expression;
  const reference = referenceOf(expression, site);
  const isLocal = reference.kind === 'function' && reference.file === site.file;
  return (isLocal ? soleReturn(reference.node.body) : null) ?? expression;
}

function listed(expression: Expression | undefined): readonly Expression[] {
  if (!expression) return [];
  const written = expression.kind === 'lambda' ? expression.body : expression;
  if (written.kind === 'list' || written.kind === 'tuple' || written.kind === 'set') return written.elements;
  return [written];
}
