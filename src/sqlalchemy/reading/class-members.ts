/** Members of workspace classes: what a class body binds, its bases included, and the members of an Enum. */
import { keywordOf } from '../../python/argument-at.ts';
import type {
  Assignment,
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { followReference, type Reference, referenceOfName } from './reference.ts';
import { type Constant, enterSite, maximumDepth, type Site } from './site.ts';

export interface ClassMember {
  readonly file: SourceFile;
  readonly node: Assignment | FunctionDefinition;
  /** Qualified name of the class whose body binds it. */
  readonly owner: string;
}

/** Searches the class and then its workspace bases, depth first. */
export function classMember(qualifiedName: string, name: string, site: Site): ClassMember | null {
  const reference = referenceOfName(qualifiedName, site);
  if (reference.kind !== 'class' || site.depth > maximumDepth) return null;
  const node = bodyMembers(reference.node).get(name);
  if (node) return { file: reference.file, node, owner: qualifiedName };
  const home = enterSite(site, reference.file);
  for (const base of reference.node.arguments) {
    if (base.keyword) continue;
    const parent = inheritedFrom(base.value, home);
    const found = parent.kind === 'class' ? classMember(parent.qualifiedName, name, home) : null;
    if (found) return found;
  }
  return null;
}

/** A class and its workspace bases in the order in which Python asks them, classes that several share last. */
export function ancestryOf(qualifiedName: string, site: Site): readonly string[] {
  const reference = referenceOfName(qualifiedName, site);
  if (reference.kind !== 'class' || site.depth > maximumDepth) return [];
  const home = enterSite(site, reference.file);
  const above = reference.node.arguments.flatMap(base => {
    const parent = base.keyword ? null : inheritedFrom(base.value, home);
    return parent?.kind === 'class' ? ancestryOf(parent.qualifiedName, home) : [];
  });
  return [qualifiedName, ...above.filter((name, index) => above.lastIndexOf(name) === index)];
}

/** What `super().name` finds inside a method of `owner` when it runs for an object of the class. */
export function memberBehind(
  qualifiedName: string,
  owner: string,
  name: string,
  site: Site,
): ClassMember | null {
  const ancestry = ancestryOf(qualifiedName, site);
  for (const each of ancestry.slice(ancestry.indexOf(owner) + 1)) {
    const reference = referenceOfName(each, site);
    const node = reference.kind === 'class' ? bodyMembers(reference.node).get(name) : undefined;
    if (reference.kind === 'class' && node) return { file: reference.file, node, owner: each };
  }
  return null;
}

/** `Base[T]` is `Base` to inheritance. */
export function baseExpression(expression: Expression): Expression {
  return expression.kind === 'subscript' ? expression.value : expression;
}

/** What a class inherits from, also where a name stands for a generic with its arguments. */
export function referenceOfBase(written: Expression, site: Site): Reference {
  const reference = followReference(baseExpression(written), site);
  if (reference.kind !== 'variable' || reference.node.value?.kind !== 'subscript') return reference;
  if (site.depth >= maximumDepth) return reference;
  const generic = referenceOfBase(reference.node.value, enterSite(site, reference.file));
  return generic.kind === 'unknown' ? reference : generic;
}

/** The class whose members a base brings: that which `declarative_base(cls=…)` makes a base of, too. */
function inheritedFrom(written: Expression, site: Site): Reference {
  const reference = referenceOfBase(written, site);
  const value = reference.kind === 'variable' ? reference.node.value : null;
  if (reference.kind !== 'variable' || value?.kind !== 'call') return reference;
  const given = customBase(value);
  return given === undefined ? reference : referenceOfBase(given, enterSite(site, reference.file));
}

/** What a base is made of: the `cls=` of `declarative_base()`, the `model_class=` of Flask-SQLAlchemy's `SQLAlchemy()`. */
export function customBase(call: Call): Expression | undefined {
  return (keywordOf(call, 'model_class') ?? keywordOf(call, 'cls'))?.value;
}

type BodyMembers = ReadonlyMap<string, Assignment | FunctionDefinition>;

/** A class of many methods is asked for each of them. */
const membersByClass = new WeakMap<ClassDefinition, BodyMembers>();

/** What a class body binds, last binding first; `if` and `try` blocks are looked into. */
export function bodyMembers(node: ClassDefinition): BodyMembers {
  const known = membersByClass.get(node) ?? readMembers(node);
  membersByClass.set(node, known);
  return known;
}

function readMembers(node: ClassDefinition): BodyMembers {
  const members = new Map<string, Assignment | FunctionDefinition>();
  for (const statement of flatten(node.body)) {
    if (statement.kind === 'function') members.set(statement.name.id, statement);
    if (statement.kind !== 'assignment') continue;
    for (const target of statement.targets) if (target.kind === 'name') members.set(target.id, statement);
  }
  return members;
}

/** Statements of a body with those of its `if`, `try` and `with` blocks, in order. */
export function* flatten(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    if (statement.kind === 'if') {
      yield* flatten(statement.body);
      yield* flatten(statement.otherwise);
    } else if (statement.kind === 'try') {
      yield* flatten(statement.body);
      for (const handler of statement.handlers) yield* flatten(handler.body);
      yield* flatten(statement.otherwise);
    } else if (statement.kind === 'with') yield* flatten(statement.body);
  }
}

export interface EnumMember {
  readonly name: string;
  /** Undefined where it is not constant. */
  readonly value: Constant | undefined;
}

const enumBases: ReadonlySet<string> = new Set([
  'enum.Enum',
  'enum.IntEnum',
  'enum.StrEnum',
  'enum.Flag',
  'enum.IntFlag',
  'strenum.StrEnum',
  'enum.ReprEnum',
]);

/** Names of the library's Enum classes that a class descends from; empty where it is no Enum. */
function enumAncestors(qualifiedName: string, site: Site): readonly string[] {
  return libraryAncestors(qualifiedName, site).filter(name => enumBases.has(name));
}

export function isEnumClass(qualifiedName: string, site: Site): boolean {
  return enumAncestors(qualifiedName, site).length > 0;
}

/** Names of the library's classes that a class descends from. */
function libraryAncestors(qualifiedName: string, site: Site): readonly string[] {
  const reference = referenceOfName(qualifiedName, site);
  if (reference.kind !== 'class' || site.depth > maximumDepth) return [];
  const home = enterSite(site, reference.file);
  return reference.node.arguments.flatMap(argument => {
    const base = argument.keyword ? null : followReference(argument.value, home);
    if (base?.kind === 'library') return [base.name];
    return base?.kind === 'class' ? libraryAncestors(base.qualifiedName, home) : [];
  });
}

/** True for an Enum of whichever library whose members are neither numbers nor texts, as those of `IntEnum` are. */
export function isPlainEnum(qualifiedName: string, site: Site): boolean {
  const ancestors = libraryAncestors(qualifiedName, site);
  return (
    ancestors.some(name => /\b(?:Enum|Flag)$/.test(name)) &&
    !ancestors.some(name => /(?:^builtins\.(?:str|int|float)|IntEnum|StrEnum|IntFlag)$/.test(name))
  );
}

/** True where members are strings: `StrEnum`, or `class Status(str, Enum)`. */
export function isTextEnum(qualifiedName: string, site: Site): boolean {
  const reference = referenceOfName(qualifiedName, site);
  if (reference.kind !== 'class') return false;
  const home = enterSite(site, reference.file);
  return reference.node.arguments.some(argument => {
    const base = followReference(argument.value, home);
    return base.kind === 'library' && /(^builtins\.str|StrEnum)$/.test(base.name);
  });
}

/** Members in order without aliases (a second name for a value), as `__members__` less those; null for other classes. */
export function enumMembers(qualifiedName: string, site: Site): readonly EnumMember[] | null {
  const ancestors = enumAncestors(qualifiedName, site);
  const reference = referenceOfName(qualifiedName, site);
  if (ancestors.length === 0 || reference.kind !== 'class') return null;
  const strings = ancestors.some(name => name.endsWith('StrEnum'));
  const members: EnumMember[] = [];
  for (const statement of flatten(reference.node.body)) {
    if (statement.kind !== 'assignment' || statement.value === null || statement.annotation) continue;
    for (const target of statement.targets) {
      if (target.kind !== 'name' || target.id.startsWith('_')) continue;
      const value = memberValue(target.id, statement.value, strings, members);
      if (value === undefined || !members.some(member => member.value === value))
        members.push({ name: target.id, value });
    }
  }
  return members;
}

/** Literals, `auto()`, and the first of a tuple's elements as `str` mixins with labels write them. */
function memberValue(
  name: string,
  value: Expression,
  strings: boolean,
  before: readonly EnumMember[],
): Constant | undefined {
  if (value.kind === 'string') return value.value ?? undefined;
  if (value.kind === 'number') return Number(value.text.replaceAll('_', ''));
  if (value.kind === 'name') return before.find(member => member.name === value.id)?.value;
  const isAuto =
    value.kind === 'call' &&
    ((value.function.kind === 'name' && value.function.id === 'auto') ||
      (value.function.kind === 'attribute' && value.function.attribute.id === 'auto'));
  if (!isAuto) return undefined;
  const last = before[before.length - 1]?.value;
  return strings
    ? name.toLowerCase()
    : before.length === 0
      ? 1
      : typeof last === 'number'
        ? last + 1
        : undefined;
}
