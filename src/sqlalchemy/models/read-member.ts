/** One member of a mapped class or mixin as what SQLAlchemy makes of it: a column, a relationship, a hybrid, … */
import type { Call, Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { constantOf, stringOf, truthy } from '../reading/constants.ts';
import { unquoted } from '../reading/expression-text.ts';
import { type LibraryCall, libraryCallOf } from '../reading/library-call.ts';
import { followReference, type Reference } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';
import { genericName, isNone } from '../types/read-annotation.ts';
import { sqlType } from '../types/sql-type.ts';
import type { BodyMember } from './class-body.ts';
import type { AttributeDraft, ColumnDraft } from './drafts.ts';
import { annotatedColumn, type MemberContext, place, plainColumn } from './member-columns.ts';
import { type ReadComposite, readComposite } from './read-composite.ts';
import { type MappedWrapper, readRelationship } from './read-relationship.ts';

export interface ReadMember {
  readonly attribute: AttributeDraft;
  /** Columns that the declaration adds to the table besides, as `composite(…, mapped_column("x"))` does. */
  readonly columns: readonly ColumnDraft[];
  /** True for the result of a `declared_attr` function. */
  readonly declared: boolean;
  /** False where the value is a call that nothing is known of: it may be mapped. */
  readonly known: boolean;
}

export function readMember(member: BodyMember, context: MemberContext): ReadMember {
  const read = readBinding(member, context);
  const { attribute } = read;
  if (!member.otherwise || attribute.kind !== 'column') return read;
  const types = member.otherwise.flatMap(value => {
    const other = readBinding({ ...member, value }, context).attribute;
    return other.kind === 'column' ? [other.type] : [];
  });
  const names = [...new Set([...types, attribute.type].map(type => type?.text ?? 'unknown'))];
  if (names.length === 1) return read;
  // Which branch runs is decided when the program starts.
  return { ...read, attribute: { ...attribute, type: sqlType(names.join(' or '), null) } };
}

function readBinding(member: BodyMember, context: MemberContext): ReadMember {
  if (member.function) return readFunction(member, member.function, context);
  const annotation = member.annotation && mappedAnnotation(member.annotation, context.site);
  if (!member.value)
    return annotation && annotation.wrapper !== 'none'
      ? done(annotatedColumn(member, annotation.expression, null, context))
      : plain(member, context);
  return readValue(member, member.value, annotation, context);
}

interface MappedAnnotation {
  readonly wrapper: MappedWrapper;
  /** Inside of `Mapped[…]`, or the annotation itself. */
  readonly expression: Expression;
}

/** `Mapped[…]` and its kin, quoted or not; the annotation itself with wrapper `none` for others. */
export function mappedAnnotation(written: Expression, site: Site): MappedAnnotation {
  const expression = unquoted(written);
  const inner = expression.kind === 'subscript' ? expression.indices[0] : undefined;
  if (expression.kind !== 'subscript' || !inner) return { wrapper: 'none', expression };
  const name = genericName(expression.value, site);
  if (name === 'Mapped' || name === 'MappedColumn' || name === 'Relationship')
    return { wrapper: 'Mapped', expression: inner };
  if (name === 'WriteOnlyMapped' || name === 'DynamicMapped') return { wrapper: name, expression: inner };
  return { wrapper: 'none', expression };
}

function readFunction(member: BodyMember, node: FunctionDefinition, context: MemberContext): ReadMember {
  for (const decorator of node.decorators) {
    const called = decorator.kind === 'call' ? decorator.function : decorator;
    const reference = followReference(called, context.site);
    const name = reference.kind === 'library' ? reference.name : null;
    if (name === 'hybrid_property' || name === 'hybrid_method')
      return done({ kind: 'hybrid', ...place(member, context) });
    if (name === 'declared_attr' || isDeclaredAttribute(called, context.site))
      return readDeclaredAttribute(member, node, context);
    if (name === null && reference.kind === 'unknown' && /hybrid/.test(textOf(called, context.site)))
      return done({ kind: 'hybrid', ...place(member, context) });
  }
  return plain(member, context);
}

/** `declared_attr.directive`, `declared_attr.cascading`. */
export function isDeclaredAttribute(decorator: Expression, site: Site): boolean {
  if (decorator.kind !== 'attribute' && decorator.kind !== 'name') return false;
  const owner =
    decorator.kind === 'attribute'
      ? followReference(decorator.value, site)
      : followReference(decorator, site);
  return owner.kind === 'library' && owner.name === 'declared_attr';
}

function readDeclaredAttribute(
  member: BodyMember,
  node: FunctionDefinition,
  context: MemberContext,
): ReadMember {
  const result = returnedBy(node.body, context.site);
  if (result === 'unknown') return { ...plain(member, context), known: false };
  if (result === 'nothing') return { ...plain(member, context), declared: true };
  const annotation = node.returns && mappedAnnotation(node.returns, context.site);
  return { ...readValue(member, result, annotation, context), declared: true };
}

/**
 * What a body returns. Its branches may depend on constants of the class, as `if cls.has_key: return Column(…)` does: with
 * `None`, or at the end of the body, nothing is mapped.
 */
function returnedBy(body: readonly Statement[], site: Site): Expression | 'nothing' | 'unknown' {
  for (const [index, statement] of body.entries()) {
    if (statement.kind === 'return')
      return statement.value === null || isNone(statement.value) ? 'nothing' : statement.value;
    if (/^(?:for|while|try|with|match)$/.test(statement.kind)) return 'unknown';
    if (statement.kind !== 'if') continue;
    const test = constantOf(statement.test, site);
    if (test === undefined) return 'unknown';
    const branch = truthy(test) ? statement.body : statement.otherwise;
    return returnedBy([...branch, ...body.slice(index + 1)], site);
  }
  return 'nothing';
}

function readValue(
  member: BodyMember,
  value: Expression,
  annotation: MappedAnnotation | null,
  context: MemberContext,
): ReadMember {
  const found = libraryCallOf(value, context.site);
  const mapped = annotation !== null && annotation.wrapper !== 'none';
  if (found) {
    const read = readLibraryCall(member, found, annotation, context);
    if (read) return read;
    return mapped ? { ...plain(member, context), known: isValue(found.name) } : plain(member, context);
  }
  if (value.kind === 'call' && mapped) return { ...plain(member, context), known: false };
  if (mapped && value.kind !== 'call')
    return done(annotatedColumn(member, annotation.expression, null, context));
  return {
    ...plain(member, context),
    known: value.kind !== 'call' || isPlainCall(member.name, value, context.site),
  };
}

/** Calls of library functions that make no attribute of the mapper. */
function isValue(name: string): boolean {
  return /^(dataclasses|typing|builtins|enum|collections|functools|pydantic)\./.test(name);
}

/** Methods of settings, loggers, patterns and scoped sessions, which make no column however they are imported. */
const plainMethods =
  /^(?:get|getint|getfloat|getboolean|getbool|getenv|getLogger|get_logger|compile|query_property)$/;

function isPlainCall(name: string, call: Call, site: Site): boolean {
  const called = call.function;
  // A constant of the class: `BATCH_SIZE = conf.getint("core", "batch_size")`.
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return true;
  if (called.kind === 'attribute' && plainMethods.test(called.attribute.id)) return true;
  const reference = followReference(called, site);
  if (reference.kind === 'function') return givesPlainValue(reference);
  return reference.kind === 'class' || reference.kind === 'library';
}

/** False for functions that may make a column: those are annotated so, as `Any`, or not at all. */
export function givesPlainValue({ node, file }: Reference & { readonly kind: 'function' }): boolean {
  if (node.returns !== null)
    return !/\b(?:Any|object|\w*(?:Field|Column|Mapped|Relationship)\w*)\b/i.test(
      file.text.slice(node.returns.start, node.returns.end),
    );
  return !/\b(?:Column|Field|mapped_column|relationship|Relationship)\(/.test(
    file.text.slice(node.start, node.end),
  );
}

function readLibraryCall(
  member: BodyMember,
  found: LibraryCall,
  annotation: MappedAnnotation | null,
  context: MemberContext,
): ReadMember | null {
  const given = argumentsOf(found.call);
  const first = given.positional[0];
  const mapped = annotation && annotation.wrapper !== 'none' ? annotation : null;
  switch (found.name) {
    case 'mapped_column':
      return done(annotatedColumn(member, mapped?.expression ?? null, found, context));
    case 'Column':
      return done(plainColumn(member, mapped?.expression ?? null, found, context));
    case 'relationship':
    case 'relation':
    case 'dynamic_loader':
    case 'sqlmodel.Relationship': {
      const from = annotation ? { ...annotation, site: context.site } : null;
      const draft = readRelationship(place(member, context), found.call, found.site, from);
      return done(
        found.name === 'dynamic_loader'
          ? { ...draft, lazy: 'dynamic', collection: draft.collection ?? true }
          : draft,
      );
    }
    case 'deferred':
    case 'column_property': {
      const inner = first && libraryCallOf(first, found.site);
      const isColumn = inner?.name === 'Column' || inner?.name === 'mapped_column';
      const group = stringOf(given.keywords.get('group'), found.site) ?? null;
      const isDeferred = found.name === 'deferred' || isTrue(given.keywords.get('deferred'));
      const deferred = isDeferred ? { deferred: { group } } : {};
      if (!isColumn) return done({ kind: 'column-property', ...place(member, context), ...deferred });
      return done({ ...plainColumn(member, mapped?.expression ?? null, inner, context), ...deferred });
    }
    case 'query_expression':
    case 'with_expression':
      return done({ kind: 'column-property', ...place(member, context), given: true });
    case 'synonym':
      return done({
        kind: 'synonym',
        ...place(member, context),
        target: stringOf(first ?? given.keywords.get('name'), found.site) ?? null,
      });
    case 'composite':
      return compositeMember(
        member,
        readComposite(member, found, mapped?.expression ?? null, context),
        context,
      );
    case 'association_proxy':
    case 'AssociationProxy':
      return done({
        ...{ kind: 'association-proxy', ...place(member, context) },
        through: stringOf(first ?? given.keywords.get('target_collection'), found.site) ?? null,
        remote: stringOf(given.positional[1] ?? given.keywords.get('attr'), found.site) ?? null,
      });
    case 'hybrid_property':
    case 'hybrid_method':
      return done({ kind: 'hybrid', ...place(member, context) });
    default:
      return null;
  }
}

function compositeMember(
  member: BodyMember,
  { names, columns }: ReadComposite,
  context: MemberContext,
): ReadMember {
  const attribute = { kind: 'composite', ...place(member, context), columns: names } as const;
  return { attribute, columns, declared: false, known: true };
}

function plain(member: BodyMember, context: MemberContext): ReadMember {
  return done({ kind: 'plain', ...place(member, context) });
}

function done(attribute: AttributeDraft): ReadMember {
  return { attribute, columns: [], declared: false, known: true };
}

function isTrue(expression: Expression | undefined): boolean {
  return expression?.kind === 'constant' && expression.value === 'True';
}

function textOf(expression: Expression, site: Site): string {
  return site.file.text.slice(expression.start, expression.end);
}
