/**
 * Classes that no class statement at the top of a module makes: `type("Name", (Base,), {…})`, `types.new_class(…)`, and the
 * classes of a function that is called, at the top, in a loop over constants, or by SQLAlchemy for each class of a mixin
 * (`declared_attr`). Each becomes the class statement that would make it. What a loop or branch does that cannot be
 * followed, and what is written into a dictionary afterwards, leaves the class unread or marked as open.
 */
import { lastName } from '../../python/last-name.ts';
import type {
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { bindParameters } from '../reading/arguments.ts';
import { constantOf, truthy, withLocal } from '../reading/constants.ts';
import { attributeKey, expand, resolveQualified } from '../reading/expand.ts';
import { followReference, type Reference } from '../reading/reference.ts';
import {
  type Bound,
  enterSite,
  maximumDepth,
  type NameResolver,
  type Site,
  siteOf,
} from '../reading/site.ts';
import { type BodyMember, classBody } from './class-body.ts';
import type { ClassNode } from './class-node.ts';
import { classOfParts } from './class-of-parts.ts';
import { turnsOf } from './loop-turns.ts';
import { afterCall, afterUnknown } from './lost-values.ts';
import { isDeclaredAttribute } from './read-member.ts';

/** The classes that the reading of one file comes by; its names lead to them. */
export interface MadeClasses {
  readonly names: NameResolver;
  /** In the order in which they are made; grows while mixins are read. */
  readonly classes: ReadonlyMap<string, ClassNode>;
  /** Reads the statements at the top of a file; without the calls that are known to make something else. */
  readFile(file: SourceFile): void;
  /** The class that an expression makes or stands for: a base such as `keyed(int)`. */
  madeBy(expression: Expression, site: Site): ClassNode | null;
  /** The class that a variable holds; where that is one of another file, it is read there. */
  madeFor(variable: Reference & { readonly kind: 'variable' }): ClassNode | null;
  /** What SQLAlchemy finds in a mixin for a class: functions that make other classes are called. */
  membersOf(source: ClassNode, qualifiedName: string): readonly BodyMember[];
}

export function createMadeClasses(outer: NameResolver): MadeClasses {
  const classes = new Map<string, ClassNode>();
  const others = new Map<string, ClassNode>();
  const names = withClasses(resolveQualified(outer), {
    get: name => classes.get(name) ?? others.get(name),
  });
  const making: Making = { classes, file: null };
  return {
    names,
    classes,
    readFile: file => void run(file.module.body, siteOf(file, names), { classes, file }),
    madeBy: (expression, site) => classMadeBy(expression, site, making),
    madeFor({ qualifiedName, file, node }) {
      const known = classes.get(qualifiedName) ?? others.get(qualifiedName);
      if (known || !node.value) return known ?? null;
      const elsewhere = { classes: others, file: null };
      const made = classMadeBy(node.value, siteOf(file, names), elsewhere);
      return made && rename(made, qualifiedName, elsewhere);
    },
    membersOf: (source, qualifiedName) => calledMembers(source, qualifiedName, names, making),
  };
}

interface Making {
  readonly classes: Map<string, ClassNode>;
  /** The file whose variables name the classes that its statements make; null inside of functions and loops. */
  readonly file: SourceFile | null;
}

function withClasses(
  names: NameResolver,
  classes: Pick<ReadonlyMap<string, ClassNode>, 'get'>,
): NameResolver {
  return {
    answers: null,
    qualify: (expression, file) => names.qualify(expression, file),
    definitionOf(qualifiedName) {
      const made = classes.get(qualifiedName);
      if (made) return { kind: made.node.kind, file: made.file, node: made.node };
      const dot = qualifiedName.lastIndexOf('.');
      const owner = classes.get(qualifiedName.slice(0, Math.max(0, dot)));
      const member = owner?.node.body.find(
        each =>
          each.kind === 'assignment' &&
          each.targets.some(target => target.kind === 'name' && target.id === qualifiedName.slice(dot + 1)),
      );
      return owner && member?.kind === 'assignment'
        ? { kind: member.kind, file: owner.file, node: member }
        : names.definitionOf(qualifiedName);
    },
  };
}

interface Ran {
  readonly site: Site;
  /** What the function gives back; undefined where it did not come to its end. */
  readonly result?: Expression | null;
}

function run(body: readonly Statement[], start: Site, making: Making): Ran {
  let site = start;
  for (const statement of body) {
    const ran = runStatement(statement, site, making);
    site = ran.site;
    if (ran.result !== undefined) return ran;
  }
  return { site };
}

function runStatement(statement: Statement, site: Site, making: Making): Ran {
  switch (statement.kind) {
    case 'assignment':
      return { site: assign(statement, site, making) };
    case 'expression':
      classMadeBy(statement.expression, site, making);
      return { site: afterCall(statement.expression, site) };
    case 'return':
      return { site, result: statement.value };
    case 'class':
      return { site: making.file ? site : defineClass(statement, site, making) };
    case 'for':
      return { site: runLoop(statement, site, { ...making, file: null }) };
    case 'with':
      return run(statement.body, site, making);
    case 'try':
      return run([...statement.body, ...statement.otherwise], site, making);
    case 'if': {
      const test = constantOf(statement.test, site);
      if (test !== undefined) return run(truthy(test) ? statement.body : statement.otherwise, site, making);
      // At the top of a module either may run; inside of a function what follows may depend on it.
      if (!making.file) return { site: afterUnknown([...statement.body, ...statement.otherwise], site) };
      run([...statement.body, ...statement.otherwise], site, making);
      return { site };
    }
    default:
      return { site };
  }
}

function assign(
  { targets, value }: Statement & { readonly kind: 'assignment' },
  site: Site,
  making: Making,
): Site {
  const [target] = targets;
  if (!value || !target) return site;
  if (target.kind === 'subscript') return afterCall(target, assignTo(null, value, site, making));
  return assignTo(targets.length === 1 ? target : null, value, site, making);
}

function assignTo(target: Expression | null, value: Expression, site: Site, making: Making): Site {
  const made = classMadeBy(value, site, making);
  if (making.file) {
    if (made && target?.kind === 'name') rename(made, `${making.file.name}.${target.id}`, making);
    return site;
  }
  const name = target?.kind === 'name' ? target.id : target && attributeKey(target);
  if (!name) return site;
  const bound: Bound = made
    ? { kind: 'class', qualifiedName: made.qualifiedName }
    : { kind: 'expression', expression: value, site };
  return withLocal(site, name, bound);
}

function runLoop(loop: Statement & { readonly kind: 'for' }, site: Site, making: Making): Site {
  const turns = turnsOf(loop, site);
  if (turns === null) return afterUnknown(loop.body, site);
  let here = site;
  for (const locals of turns) {
    for (const [name, bound] of locals) here = withLocal(here, name, bound);
    here = run(loop.body, here, making).site;
  }
  return { ...here, locals: site.locals };
}

function defineClass(statement: ClassDefinition, site: Site, making: Making): Site {
  const { qualifiedName } = add(site.file, expand(statement, site), making);
  return withLocal(site, statement.name.id, { kind: 'class', qualifiedName });
}

function add(file: SourceFile, node: ClassDefinition, { classes }: Making): ClassNode {
  const plain = `${file.name}.${node.name.id}`;
  let qualifiedName = plain;
  for (let number = 2; classes.has(qualifiedName); number++) qualifiedName = `${plain}@${number}`;
  const made = { qualifiedName, file, node };
  classes.set(qualifiedName, made);
  return made;
}

/** The variable that holds it is its name in the workspace. */
function rename(made: ClassNode, qualifiedName: string, { classes }: Making): ClassNode {
  if (classes.get(made.qualifiedName) !== made) return made;
  const renamed = { ...made, qualifiedName };
  classes.delete(made.qualifiedName);
  classes.set(qualifiedName, renamed);
  return renamed;
}

function classMadeBy(expression: Expression, site: Site, making: Making): ClassNode | null {
  if (site.depth > maximumDepth) return null;
  const key = expression.kind === 'name' ? expression.id : attributeKey(expression);
  const bound = key === null ? undefined : site.locals.get(key);
  if (bound?.kind === 'class') return making.classes.get(bound.qualifiedName) ?? null;
  if (bound?.kind === 'expression') return null;
  if (expression.kind !== 'call' || makesNoClass.test(lastName(expression.function) ?? '')) return null;
  const callee = followReference(expression.function, site);
  if (callee.kind === 'library') return libraryClass(callee.name, expression, site, making);
  if (callee.kind !== 'function' || callee.node.async || !mayMakeClass(callee.node, callee.file)) return null;
  const home = enterSite(site, callee.file);
  const locals = bindParameters(callee.node, expression, site, home);
  if (!locals) return null;
  const inside = { ...making, file: null };
  const { result, site: end } = run(callee.node.body, { ...home, locals }, inside);
  return result ? classMadeBy(result, end, inside) : null;
}

const makesNoClass =
  /^(?:\w*Table|Column|mapped_column|relationship|Index|\w*Constraint|declarative_base|\w*sessionmaker|registry|MetaData|get_?[lL]ogger|TypeVar|namedtuple|listens_for|create_\w*engine)$/;

/** By its text, since most functions make none, and their bodies are not read for nothing. */
function mayMakeClass({ start, end }: FunctionDefinition, file: SourceFile): boolean {
  return /\bclass \w|\btype\(|\bnew_class\(/.test(file.text.slice(start, end));
}

function libraryClass(name: string, call: Call, site: Site, making: Making): ClassNode | null {
  const told = name === 'typing.cast' ? call.arguments[1]?.value : undefined;
  if (told) return classMadeBy(told, site, making);
  const node = classOfParts(name, call, site);
  return node && add(site.file, node, making);
}

function calledMembers(
  source: ClassNode,
  qualifiedName: string,
  names: NameResolver,
  making: Making,
): readonly BodyMember[] {
  const site = siteOf(source.file, names);
  return classBody(source.node).map(member => {
    const { function: node } = member;
    if (!node || !mayMakeClass(node, source.file)) return member;
    if (!node.decorators.some(decorator => isDeclaredAttribute(decorator, site))) return member;
    const [parameter] = node.parameters;
    if (!parameter) return member;
    const cls: Bound = { kind: 'class', qualifiedName };
    const start = { ...site, locals: new Map([[parameter.name.id, cls]]) };
    const { result, site: end } = run(node.body, start, making);
    if (!result) return member;
    const value: Statement = {
      kind: 'return',
      value: expand(result, end),
      start: result.start,
      end: result.end,
    };
    return { ...member, function: { ...node, body: [value] } };
  });
}
