/**
 * Expressions whose value is the same each time the code runs: literals, module constants, f-strings of them,
 * enum values, defaults of settings classes and of environment variables, small helper functions.
 * `undefined` means “not constant”: it is never a guess.
 */
import { lastPart } from '../../base/dotted-name.ts';
import type {
  Call,
  Comparison,
  Comprehension,
  Expression,
  FunctionDefinition,
  Statement,
  StringLiteral,
  Subscript,
} from '../../python/syntax.ts';
import { argumentsOf, bindParameters } from './arguments.ts';
import { classMember, enumMembers } from './class-members.ts';
import { callMethod, formatted } from './constant-methods.ts';
import { binary, compare, itemOf, sliceOf } from './constant-operators.ts';
import { callPattern, type PatternFunction } from './constant-patterns.ts';
import { builtDsn, dsnBuilders } from './dsn-build.ts';
import { environmentDefault } from './environment-default.ts';
import { namedValue } from './named-value.ts';
import { followReference } from './reference.ts';
import {
  type Bound,
  type Constant,
  enterSite,
  type Located,
  localsOfClass,
  maximumDepth,
  type Site,
} from './site.ts';
import { validatorOf } from './validators.ts';

export function constantOf(expression: Expression, site: Site): Constant | undefined {
  if (site.depth > maximumDepth) return undefined;
  switch (expression.kind) {
    case 'string':
      return expression.value ?? interpolated(expression, site);
    case 'number':
      return expression.type === 'complex' ? undefined : Number(expression.text.replaceAll('_', ''));
    case 'constant':
      return { None: null, True: true, False: false, Ellipsis: undefined }[expression.value];
    case 'tuple':
    case 'list':
    case 'set':
      return constantList(expression.elements, site);
    case 'unary': {
      const operand = constantOf(expression.operand, site);
      if (expression.operator === 'not') return operand === undefined ? undefined : !truthy(operand);
      return expression.operator === '-' && typeof operand === 'number' ? -operand : undefined;
    }
    case 'binary':
      return binary(
        expression.operator,
        constantOf(expression.left, site),
        constantOf(expression.right, site),
      );
    case 'comparison':
      return comparison(expression, site);
    case 'subscript':
      return subscript(expression, site);
    case 'boolean':
      return either(expression.operator, expression.values, site);
    case 'conditional': {
      const test = constantOf(expression.test, site);
      return test === undefined
        ? undefined
        : constantOf(truthy(test) ? expression.then : expression.otherwise, site);
    }
    case 'name':
    case 'attribute':
      return namedConstant(expression, site);
    case 'call':
      return callConstant(expression, site);
    case 'comprehension':
      return comprehension(expression, site);
    default:
      return undefined;
  }
}

export function stringOf(expression: Expression | undefined, site: Site): string | undefined {
  const value = expression && constantOf(expression, site);
  return typeof value === 'string' ? value : undefined;
}

/** The value if the expression stands there, the fallback if it does not, null if it is not such a constant. */
export function booleanOr(expression: Expression | undefined, fallback: boolean, site: Site): boolean | null {
  if (!expression) return fallback;
  const value = constantOf(expression, site);
  return value === undefined ? null : truthy(value);
}

export function truthy(value: Constant): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== false && value !== 0 && value !== '';
}

function constantList(elements: readonly Expression[], site: Site): Constant | undefined {
  const values: Constant[] = [];
  for (const element of elements) {
    const value = constantOf(element.kind === 'starred' ? element.value : element, site);
    if (value === undefined) return undefined;
    if (element.kind === 'starred' && Array.isArray(value)) values.push(...value);
    else values.push(value);
  }
  return values;
}

function interpolated(literal: StringLiteral, site: Site): string | undefined {
  let text = '';
  for (const piece of literal.pieces) {
    for (const segment of piece.segments) {
      if (segment.kind === 'text') {
        text += segment.value;
        continue;
      }
      const value = constantOf(segment.expression, site);
      if (typeof value !== 'string' && typeof value !== 'number') return undefined;
      text += String(value);
    }
  }
  return text;
}

function comparison(node: Comparison, site: Site): boolean | undefined {
  let left = constantOf(node.left, site);
  for (const { operator, right: written } of node.rest) {
    const right = constantOf(written, site);
    const holds = left === undefined || right === undefined ? undefined : compare(operator, left, right);
    if (holds !== true) return holds;
    left = right;
  }
  return true;
}

function subscript(node: Subscript, site: Site): Constant | undefined {
  const [index, ...others] = node.indices;
  const entry = entryAt(node, site);
  if (entry !== null) return constantOf(entry.expression, entry.site);
  const field = index && fieldOf(node.value, index, site);
  if (field !== undefined) return field;
  const value = constantOf(node.value, site);
  if (value === undefined || index === undefined || others.length > 0) return undefined;
  if (index.kind !== 'slice') {
    const at = constantOf(index, site);
    return at === undefined ? undefined : itemOf(value, at);
  }
  const [lower, upper] = [index.lower, index.upper].map(each => (each ? constantOf(each, site) : null));
  const fits = (each: Constant | undefined) => each === null || typeof each === 'number';
  return index.step === null && fits(lower) && fits(upper)
    ? sliceOf(value, lower as number | null, upper as number | null)
    : undefined;
}

/** What a dictionary that is written out has under a key: `DATABASES["default"]["HOST"]`. */
function entryAt(node: Subscript, site: Site): Located | null {
  const [index, ...others] = node.indices;
  const owner = index === undefined || others.length > 0 ? null : writtenAt(node.value, site);
  if (owner?.expression.kind !== 'dict' || index === undefined) return null;
  const key = constantOf(index, site);
  const { entries } = owner.expression;
  const found = entries.findLast(each => each.key?.kind === 'string' && each.key.value === key);
  return found && entries.every(each => each.key !== null)
    ? { expression: found.value, site: owner.site }
    : null;
}

/** The expression behind names and entries, and where it stands; null where a name is not bound once. */
function writtenAt(expression: Expression, site: Site): Located | null {
  if (site.depth > maximumDepth) return null;
  switch (expression.kind) {
    case 'subscript':
    case 'name':
    case 'attribute': {
      const behind =
        expression.kind === 'subscript' ? entryAt(expression, site) : namedValue(expression, site);
      return behind && writtenAt(behind.expression, behind.site);
    }
    default:
      return { expression, site };
  }
}

/** `values["host"]`, `info.data["host"]` in a validator: what the class gives the field. */
function fieldOf(owner: Expression, key: Expression, site: Site): Constant | undefined {
  const holder = owner.kind === 'attribute' && owner.attribute.id === 'data' ? owner.value : owner;
  const bound = holder.kind === 'name' ? site.locals.get(holder.id) : undefined;
  const name = bound?.kind === 'fields' ? stringOf(key, site) : undefined;
  return bound?.kind === 'fields' && name !== undefined
    ? classConstant(bound.qualifiedName, name, site)
    : undefined;
}

function either(operator: 'and' | 'or', values: readonly Expression[], site: Site): Constant | undefined {
  let last: Constant | undefined;
  for (const value of values) {
    last = constantOf(value, site);
    if (last === undefined || truthy(last) === (operator === 'or')) return last;
  }
  return last;
}

function namedConstant(
  expression: Expression & { kind: 'name' | 'attribute' },
  site: Site,
): Constant | undefined {
  if (expression.kind === 'name') {
    const bound = site.locals.get(expression.id);
    if (bound?.kind === 'constant') return bound.value;
  } else {
    const member = memberConstant(expression.value, expression.attribute.id, site);
    if (member !== undefined) return member;
  }
  const behind = namedValue(expression, site);
  return behind ? constantOf(behind.expression, behind.site) : undefined;
}

/** `cls.__name__`, `Status.ACTIVE.value`, `settings.database_url`, `self.user` in a property of a settings class. */
function memberConstant(owner: Expression, name: string, site: Site): Constant | undefined {
  const bound = owner.kind === 'name' ? site.locals.get(owner.id) : undefined;
  if (bound?.kind === 'enum-member')
    return name === 'name' ? bound.name : name === 'value' ? bound.value : undefined;
  const ownerClass = classOf(owner, site);
  if (ownerClass) return name === '__name__' ? lastPart(ownerClass) : classConstant(ownerClass, name, site);
  if (owner.kind !== 'attribute' || (name !== 'value' && name !== 'name')) return undefined;
  const enumClass = classOf(owner.value, site);
  if (!enumClass) return undefined;
  const member = enumMembers(enumClass, site)?.find(({ name: own }) => own === owner.attribute.id);
  return name === 'name' ? member?.name : member?.value;
}

/** The qualified name of the workspace class that an expression is, or that it is an instance of. */
export function classOf(expression: Expression, site: Site): string | null {
  if (site.depth > maximumDepth) return null;
  if (expression.kind === 'name') {
    const bound = site.locals.get(expression.id);
    if (bound?.kind === 'class') return bound.qualifiedName;
  }
  const called = expression.kind === 'call';
  const reference = followReference(called ? expression.function : expression, site);
  if (reference.kind === 'class') return reference.qualifiedName;
  if (reference.kind === 'variable' && reference.node.value?.kind === 'call') {
    return classOf(reference.node.value, enterSite(site, reference.file));
  }
  if (expression.kind === 'attribute') return classOfMember(expression.value, expression.attribute.id, site);
  if (!called || reference.kind !== 'function') return null;
  const result = soleReturn(reference.node.body);
  return result && classOf(result, enterSite(site, reference.file));
}

/** Settings in settings: `settings.database` of a field `database: Database = Database()`. */
function classOfMember(owner: Expression, name: string, site: Site): string | null {
  const ownerClass = classOf(owner, site);
  const member = ownerClass === null ? null : classMember(ownerClass, name, site);
  if (member?.node.kind !== 'assignment') return null;
  const home = enterSite(site, member.file);
  const { value, annotation } = member.node;
  if (value === null) return annotation && classOf(annotation, home);
  const made = value.kind === 'call' && value.arguments.length === 0 ? value : defaultFactory(value);
  return made && classOf(made, home);
}

/** `Field(default_factory=Database)`; null for anything that may give its class other values. */
function defaultFactory(value: Expression): Expression | null {
  const factory = value.kind === 'call' ? argumentsOf(value).keywords.get('default_factory') : undefined;
  return factory?.kind === 'name' || factory?.kind === 'attribute' ? factory : null;
}

/** A class attribute's value, or what its method or property returns. */
export function classConstant(qualifiedName: string, name: string, site: Site): Constant | undefined {
  const member = classMember(qualifiedName, name, site);
  if (!member) return undefined;
  const home = enterSite(site, member.file, localsOfClass(qualifiedName));
  if (member.node.kind === 'function') return runFunction(member.node, home);
  const value = member.node.value ? constantOf(member.node.value, home) : undefined;
  const validator = value === undefined || value === null ? validatorOf(name, member, site) : null;
  return validator === null ? value : (runValidator(validator, qualifiedName, home) ?? value);
}

/** `def assemble(cls, v, values)`: what it makes where the environment gives the field nothing. */
function runValidator(node: FunctionDefinition, qualifiedName: string, home: Site): Constant | undefined {
  const [owner, given, fields] = node.parameters;
  const locals = new Map<string, Bound>();
  if (owner) locals.set(owner.name.id, { kind: 'class', qualifiedName });
  if (given) locals.set(given.name.id, { kind: 'constant', value: null });
  if (fields) locals.set(fields.name.id, { kind: 'fields', qualifiedName });
  return runFunction(node, { ...home, locals });
}

function callConstant(call: Call, site: Site): Constant | undefined {
  const callee = followReference(call.function, site);
  if (callee.kind === 'function') {
    const home = enterSite(site, callee.file);
    const locals = bindParameters(callee.node, call, site, home);
    return locals ? runFunction(callee.node, { ...home, locals }) : undefined;
  }
  if (callee.kind === 'library') return libraryCall(callee.name, call, site);
  const { positional, keywords } = argumentsOf(call);
  const fallback = environmentDefault(call, site);
  if (fallback !== null) {
    const value = constantOf(fallback.written, site);
    return fallback.cast === 'int' ? builtin('int', fallback.written, site) : value;
  }
  if (call.function.kind === 'name')
    return positional[0] ? builtin(call.function.id, positional[0], site) : undefined;
  if (call.function.kind !== 'attribute') return undefined;
  const method = call.function.attribute.id;
  const field = method === 'get' && positional[0] && fieldOf(call.function.value, positional[0], site);
  if (field !== false && field !== undefined) return field;
  const owner = constantOf(call.function.value, site);
  if (owner === undefined) {
    const pattern = compiledPattern(call.function.value, site);
    if (pattern !== undefined) return patternMethod(pattern, method, positional, site);
    const ownerClass = classOf(call.function.value, site);
    return ownerClass ? classConstant(ownerClass, method, site) : undefined;
  }
  const values = constantList(positional, site);
  if (!Array.isArray(values)) return undefined;
  if (method !== 'format' || keywords.size === 0) return callMethod(owner, method, values);
  const named = [...keywords].map(([name, value]) => [name, constantOf(value, site)] as const);
  return typeof owner === 'string' ? formatted(owner, values, new Map(named)) : undefined;
}

/** The pattern of `re.compile(…)`, also through the variable that holds it. */
function compiledPattern(expression: Expression, site: Site): Constant | undefined {
  const reference = expression.kind === 'call' ? null : followReference(expression, site);
  if (reference?.kind === 'variable')
    return reference.node.value?.kind === 'call' && site.depth < maximumDepth
      ? compiledPattern(reference.node.value, enterSite(site, reference.file))
      : undefined;
  if (expression.kind !== 'call') return undefined;
  const callee = followReference(expression.function, site);
  const { positional, keywords } = argumentsOf(expression);
  const isPlain = callee.kind === 'library' && callee.name === 're.compile' && keywords.size === 0;
  return isPlain && positional.length === 1 && positional[0] ? constantOf(positional[0], site) : undefined;
}

function patternMethod(
  pattern: Constant,
  method: string,
  positional: readonly Expression[],
  site: Site,
): Constant | undefined {
  const values = constantList(positional, site);
  const isKnown = method === 'sub' || method === 'split' || method === 'findall';
  return isKnown && Array.isArray(values) ? callPattern(method, [pattern, ...values]) : undefined;
}

function libraryCall(name: string, call: Call, site: Site): Constant | undefined {
  const { positional, keywords } = argumentsOf(call);
  const first = positional[0];
  switch (name) {
    case 'os.environ.get':
    case 'os.getenv': {
      const fallback = positional[1] ?? keywords.get('default');
      return fallback ? constantOf(fallback, site) : null;
    }
    case 'pydantic.Field':
    case 'sqlmodel.Field': {
      const fallback = keywords.get('default') ?? first;
      return fallback ? constantOf(fallback, site) : undefined;
    }
    case 'builtins.isinstance': {
      const value = first && constantOf(first, site);
      return value === null ? false : undefined;
    }
    case 're.sub':
    case 're.split':
    case 're.findall': {
      const values = constantList(positional, site);
      const isPlain = Array.isArray(values) && keywords.size === 0;
      return isPlain ? callPattern(name.slice(3) as PatternFunction, values) : undefined;
    }
    case 'quoted_name': {
      const name = first && constantOf(first, site);
      const quote = positional[1] ?? keywords.get('quote');
      // PostgreSQL reads a name that is not to be quoted in lower case.
      const isFolded = quote !== undefined && constantOf(quote, site) === false;
      return isFolded && typeof name === 'string' ? name.toLowerCase() : name;
    }
    case 'conv':
    case 'pydantic.SecretStr':
    case 'make_url':
      return first && constantOf(first, site);
    default:
      if (dsnBuilders.has(name)) {
        const parts = [...keywords].map(([part, value]) => [part, constantOf(value, site)] as const);
        return builtDsn(new Map(parts));
      }
      return name.startsWith('builtins.') && first ? builtin(name.slice(9), first, site) : undefined;
  }
}

function builtin(name: string, argument: Expression, site: Site): Constant | undefined {
  const value = constantOf(argument, site);
  switch (name) {
    case 'str':
      return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
    case 'int':
    case 'float': {
      const number = typeof value === 'string' ? Number(value) : value;
      if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
      return name === 'int' ? Math.trunc(number) : number;
    }
    case 'bool':
      return value === undefined ? undefined : truthy(value);
    case 'list':
    case 'tuple':
      return Array.isArray(value) ? value : undefined;
    case 'len':
      return typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
    default:
      return undefined;
  }
}

/** `[member.value for member in Status]` and the like over a constant list or the letters of a text. */
function comprehension(node: Comprehension, site: Site): Constant | undefined {
  const [clause, ...others] = node.clauses;
  if (node.type === 'dict' || clause === undefined || others.length > 0) return undefined;
  const values: Constant[] = [];
  for (const here of passesOf(clause, site) ?? [undefined]) {
    const tests = here ? clause.conditions.map(condition => constantOf(condition, here)) : [undefined];
    if (here === undefined || tests.includes(undefined)) return undefined;
    if (!tests.every(test => truthy(test as Constant))) continue;
    const value = constantOf(node.element, here);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** The site of each pass; null where what is passed over is not known. */
function passesOf(
  { target, iterable }: Comprehension['clauses'][number],
  site: Site,
): readonly Site[] | null {
  const enumClass = classOf(iterable, site);
  const members = enumClass ? enumMembers(enumClass, site) : null;
  if (target.kind === 'name') {
    if (members) return members.map(member => withLocal(site, target.id, { kind: 'enum-member', ...member }));
    return (
      itemsOf(iterable, site)?.map(value => withLocal(site, target.id, { kind: 'constant', value })) ?? null
    );
  }
  const [number, item] = target.kind === 'tuple' ? target.elements : [];
  const isEnumerated =
    iterable.kind === 'call' && iterable.function.kind === 'name' && iterable.function.id === 'enumerate';
  const [counted] = isEnumerated ? iterable.arguments : [];
  if (number?.kind !== 'name' || item?.kind !== 'name' || !isEnumerated || !counted) return null;
  if (iterable.arguments.length > 1) return null;
  const items = itemsOf(counted.value, site);
  return (
    items?.map((value, index) =>
      withLocal(withLocal(site, number.id, { kind: 'constant', value: index }), item.id, {
        kind: 'constant',
        value,
      }),
    ) ?? null
  );
}

function itemsOf(expression: Expression, site: Site): readonly Constant[] | null {
  const value = constantOf(expression, site);
  if (typeof value === 'string') return [...value];
  return Array.isArray(value) ? value : null;
}

export function withLocal(site: Site, name: string, bound: Bound): Site {
  return { ...site, locals: new Map([...site.locals, [name, bound]]) };
}

/** Runs a straight line of assignments to its `return`; anything else (a loop, a branch that is open) gives undefined. */
export function runFunction(node: FunctionDefinition, site: Site): Constant | undefined {
  if (site.depth > maximumDepth || node.async) return undefined;
  return runStatements(node.body, site);
}

function runStatements(body: readonly Statement[], site: Site): Constant | undefined {
  let here = site;
  for (const [index, statement] of body.entries()) {
    switch (statement.kind) {
      case 'expression':
      case 'pass':
      case 'import-from':
      case 'import':
        continue;
      case 'return':
        return statement.value ? constantOf(statement.value, here) : null;
      case 'assignment': {
        const target = statement.targets[0];
        const value = statement.value && constantOf(statement.value, here);
        if (target?.kind !== 'name' || value === undefined || statement.targets.length !== 1)
          return undefined;
        here = withLocal(here, target.id, { kind: 'constant', value: value as Constant });
        continue;
      }
      case 'if': {
        const test = constantOf(statement.test, here);
        if (test === undefined) return undefined;
        return runStatements(
          [...(truthy(test) ? statement.body : statement.otherwise), ...body.slice(index + 1)],
          here,
        );
      }
      default:
        return undefined;
    }
  }
  return null;
}

/** The value of a function that does nothing but return it (docstring and imports aside); null for any other function. */
export function soleReturn(body: readonly Statement[]): Expression | null {
  const statements = body.filter(
    statement =>
      !(statement.kind === 'expression' && statement.expression.kind === 'string') &&
      statement.kind !== 'import' &&
      statement.kind !== 'import-from',
  );
  const only = statements[0];
  return statements.length === 1 && only?.kind === 'return' ? only.value : null;
}
