/** What a parameter or attribute is by its annotation: session, mapped object, class of the workspace, plain value. */
import { lastName } from '../../python/last-name.ts';
import type { Expression } from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { unquoted } from '../reading/expression-text.ts';
import { followReference, type Reference } from '../reading/reference.ts';
import { enterSite, type Site, siteOf } from '../reading/site.ts';
import { driverOfName } from './drivers.ts';
import { entityOf } from './entities.ts';
import { type Evaluation, unknownAt } from './evaluation.ts';
import { PYTHON, type UnknownValue, unknownSql, type Value } from './value.ts';

const DEPTH_LIMIT = 6;

export function valueOfAnnotation(evaluation: Evaluation, annotation: Expression, file: SourceFile): Value {
  const known = evaluation.annotations.get(annotation);
  if (known !== undefined) return known;
  const value = read(evaluation, annotation, siteOf(file, evaluation.names));
  evaluation.annotations.set(annotation, value);
  return value;
}

function read(evaluation: Evaluation, written: Expression, site: Site): Value {
  if (site.depth > DEPTH_LIMIT) return PYTHON;
  const expression = unquoted(written);
  if (expression.kind === 'binary' && expression.operator === '|') {
    const left = isNone(expression.left) ? expression.right : expression.left;
    return isNone(expression.left) || isNone(expression.right) ? read(evaluation, left, site) : PYTHON;
  }
  if (expression.kind === 'subscript')
    return readGeneric(evaluation, expression.value, expression.indices, site);
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return PYTHON;
  return valueOfReference(evaluation, followReference(expression, site), site);
}

function isNone(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === 'None';
}

function readGeneric(
  evaluation: Evaluation,
  generic: Expression,
  indices: readonly Expression[],
  site: Site,
): Value {
  const reference = followReference(generic, site);
  const first = indices[0];
  if (reference.kind !== 'library' || first === undefined)
    return valueOfReference(evaluation, reference, site);
  switch (reference.name) {
    case 'typing.Annotated':
    case 'typing.Optional':
    case 'typing.ClassVar':
    case 'typing.Final':
      return read(evaluation, first, site);
    case 'Mapped':
      return UNKNOWN_COLUMN;
    case 'typing.Union':
      return indices.length === 2 && indices.some(isNone)
        ? read(evaluation, indices.find(each => !isNone(each)) ?? first, site)
        : PYTHON;
    case 'typing.Literal':
      return {
        ...PYTHON,
        among: indices.flatMap(each => (each.kind === 'string' ? (each.value ?? []) : [])),
      };
    case 'builtins.list':
    case 'typing.List':
    case 'typing.Sequence':
    case 'collections.abc.Sequence': {
      const item = read(evaluation, first, site);
      const list = valueOfReference(evaluation, reference, site);
      const isPlain = list.kind === 'python' && item.kind === 'python' && item.type !== null;
      return isPlain ? { ...list, item: item.type } : list;
    }
    case 'typing.Callable':
    case 'collections.abc.Callable':
      return indices[1] === undefined ? PYTHON : calledFor(evaluation, indices[1], site);
    case 'typing.Type':
    case 'builtins.type':
      return classOf(evaluation, first, site);
    default:
      return valueOfReference(evaluation, reference, site);
  }
}

const generators = new Set([
  'Iterator',
  'AsyncIterator',
  'Generator',
  'AsyncGenerator',
  'ContextManager',
  'AbstractAsyncContextManager',
  'AbstractContextManager',
]);

/** `AsyncIterator[AsyncSession]` of a context manager gives the session. */
export function yieldedType(annotation: Expression): Expression {
  if (annotation.kind !== 'subscript') return annotation;
  return generators.has(lastName(annotation.value) ?? '')
    ? (annotation.indices[0] ?? annotation)
    : annotation;
}

/** `Callable[..., AbstractContextManager[Session]]` is called as a factory is. */
function calledFor(evaluation: Evaluation, result: Expression, site: Site): Value {
  const value = read(evaluation, yieldedType(unquoted(result)), site);
  return value.kind === 'session' ? { kind: 'session-factory', async: value.async } : PYTHON;
}

/** `type[X]`: the mapped class where X is one, else whatever the caller gives. */
function classOf(evaluation: Evaluation, expression: Expression, site: Site): Value {
  const value = read(evaluation, expression, site);
  if (value.kind === 'instance') return entityOf(evaluation, value.model);
  const name = unquoted(expression);
  return name.kind === 'name' ? { ...GIVEN_CLASS, variable: name.id } : GIVEN_CLASS;
}

/** An attribute of a class that is surely mapped, and not read as such: a base class could not be followed. */
export const UNKNOWN_COLUMN = unknownSql(
  unknownAt('unresolved-model', 'The class of this attribute is mapped in a way that is not followed.', null),
);

const GIVEN_CLASS: UnknownValue = { ...fromCaller('A mapped class'), variable: '' };

/** `type[T]`: a mapped class that the caller or a subclass gives. */
export function isGivenClass(value: Value | null): value is UnknownValue & { readonly variable: string } {
  return value?.kind === 'unknown' && value.variable !== undefined;
}

function fromCaller(what: string): UnknownValue {
  return {
    kind: 'unknown',
    unknown: unknownAt('from-caller', `${what} is given by the caller.`, null),
    sql: true,
  };
}

function valueOfReference(evaluation: Evaluation, reference: Reference, site: Site): Value {
  switch (reference.kind) {
    case 'library':
      return valueOfLibraryType(reference.name);
    case 'class': {
      const model = evaluation.linked.models.get(reference.qualifiedName);
      if (model !== undefined) return { kind: 'instance', model };
      const { qualifiedName, node, file } = reference;
      return { kind: 'object', class: { kind: 'class', qualifiedName, node, file }, self: false };
    }
    case 'variable':
      return reference.node.value === null
        ? PYTHON
        : read(evaluation, reference.node.value, enterSite(site, reference.file));
    case 'type-alias':
      return read(evaluation, reference.node.value, enterSite(site, reference.file));
    default:
      return PYTHON;
  }
}

const sqlTypes = new Set(
  `Select ColumnElement BinaryExpression BooleanClauseList InstrumentedAttribute QueryableAttribute SQLColumnExpression
  ColumnExpressionArgument Executable ClauseElement UnaryExpression Update Delete Insert CompoundSelect TextClause
  ColumnClause Subquery CTE FromClause Selectable SelectBase GenerativeSelect Query TypedReturnsRows ExecutableOption
  LoaderOption Load AliasedClass ORMOption`.split(/\s+/),
);

function valueOfLibraryType(name: string): Value {
  const short = name.startsWith('sqlmodel.') ? name.slice('sqlmodel.'.length) : name;
  switch (short) {
    case 'Session':
    case 'scoped_session':
      return { kind: 'session', async: false };
    case 'AsyncSession':
    case 'async_scoped_session':
      return { kind: 'session', async: true };
    case 'sessionmaker':
      return { kind: 'session-factory', async: false };
    case 'async_sessionmaker':
      return { kind: 'session-factory', async: true };
    case 'Engine':
      return { kind: 'engine', async: false };
    case 'AsyncEngine':
      return { kind: 'engine', async: true };
    case 'Connection':
      return { kind: 'connection', async: false };
    case 'AsyncConnection':
      return { kind: 'connection', async: true };
    default:
      if (sqlTypes.has(short)) return fromCaller('An SQL expression');
      return driverOfName(name) ?? { kind: 'python', type: name };
  }
}
