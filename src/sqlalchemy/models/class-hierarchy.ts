/**
 * Which classes of the workspace SQLAlchemy maps: their ancestors in order, the declarative base they descend from,
 * and whether every ancestor is known. Knows the doors: declarative, registry, SQLModel, Flask-SQLAlchemy.
 */
import { keywordOf } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { baseExpression, bodyMembers, customBase, referenceOfBase } from '../reading/class-members.ts';
import { constantOf } from '../reading/constants.ts';
import { followReference, type Reference, referenceOf } from '../reading/reference.ts';
import { type NameResolver, type Site, siteOf } from '../reading/site.ts';
import type { BaseFact, ClassNode } from './class-node.ts';
import { declaresTable } from './declares-table.ts';
import { decoratedBase } from './decorated-base.ts';

/** A declarative base out of sight: the class declares a table, and some ancestor of it cannot be followed. */
export const unseenBase: BaseFact = { qualifiedName: '', door: 'declarative', variable: null };

export interface Ancestry {
  /** The class itself first, then its workspace ancestors in method resolution order. */
  readonly order: readonly ClassNode[];
  readonly base: BaseFact | null;
  /** Library names of all ancestors: `DeclarativeBase`, `MappedAsDataclass`, `typing.Generic`. */
  readonly libraries: ReadonlySet<string>;
  /** True where some ancestor cannot be followed. */
  readonly unresolved: boolean;
  readonly mapped: boolean;
}

export interface Hierarchy {
  readonly names: NameResolver;
  readonly made: ClassMakers;
  ancestryOf(node: ClassNode): Ancestry;
}

/** The class that a base makes, such as `keyed(int)`, or that a variable holds which one inherits from. */
interface ClassMakers {
  madeBy(expression: Expression, site: Site): ClassNode | null;
  madeFor(variable: Reference & { readonly kind: 'variable' }): ClassNode | null;
}

const none: ClassMakers = { madeBy: () => null, madeFor: () => null };

export function createHierarchy(names: NameResolver, made: ClassMakers = none): Hierarchy {
  const known = new Map<string, Ancestry>();
  const open = new Set<string>();
  const hierarchy: Hierarchy = {
    names,
    made,
    ancestryOf(node) {
      const found = known.get(node.qualifiedName);
      if (found) return found;
      // A class that inherits from itself through others is not Python; it is only half typed.
      if (open.has(node.qualifiedName) || open.size > 50)
        return { order: [node], base: null, libraries: new Set(), unresolved: true, mapped: false };
      open.add(node.qualifiedName);
      const ancestry = readAncestry(node, hierarchy);
      open.delete(node.qualifiedName);
      known.set(node.qualifiedName, ancestry);
      return ancestry;
    },
  };
  return hierarchy;
}

interface Collected {
  readonly chains: ClassNode[][];
  readonly libraries: Set<string>;
  base: BaseFact | null;
  unresolved: boolean;
}

function readAncestry(node: ClassNode, hierarchy: Hierarchy): Ancestry {
  const site = siteOf(node.file, hierarchy.names);
  const collected: Collected = { chains: [], libraries: new Set(), base: null, unresolved: false };
  const decorated = decoratedBase(node, site);
  collected.base = decorated.inherited;
  let ownBase = decorated.own;
  for (const argument of node.node.arguments) {
    if (argument.keyword) continue;
    if (argument.unpacked || argument.value.kind === 'starred') collected.unresolved = true;
    else ownBase = readBase(argument.value, node, site, hierarchy, collected) ?? ownBase;
  }
  if (ownBase === null && collected.base === null && hasDeclarativeMeta(node, site, hierarchy))
    ownBase = { qualifiedName: node.qualifiedName, door: 'declarative', variable: null };
  const isUnseen = () => collected.unresolved && declaresTable(node.node, site);
  const inherited = collected.base ?? (isUnseen() ? unseenBase : null);
  return {
    order: [node, ...linearise(collected.chains)],
    base: ownBase ?? inherited,
    libraries: collected.libraries,
    unresolved: collected.unresolved,
    mapped: isMapped(node, ownBase, inherited, site),
  };
}

const declarativeClasses = new Set(['DeclarativeBase', 'DeclarativeBaseNoMeta']);

/** Library classes that add no mapped attributes. */
const harmless = new Set([
  'AsyncAttrs',
  'MappedAsDataclass',
  'ConcreteBase',
  'AbstractConcreteBase',
  'Base',
  'DeclarativeMeta',
]);

/** `class Base(metaclass=DeclarativeMeta)`, also by a metaclass of the project's own that is made of that one. */
function hasDeclarativeMeta({ node }: ClassNode, site: Site, hierarchy: Hierarchy): boolean {
  const metaclass = keywordOf(node, 'metaclass');
  const reference = metaclass && followReference(metaclass.value, site);
  if (reference?.kind === 'library') return reference.name === 'DeclarativeMeta';
  return reference?.kind === 'class' && hierarchy.ancestryOf(reference).libraries.has('DeclarativeMeta');
}

/** Reads one base class; returns a base fact where the class is thereby a declarative base itself. */
function readBase(
  written: Expression,
  node: ClassNode,
  site: Site,
  hierarchy: Hierarchy,
  into: Collected,
): BaseFact | null {
  const expression = baseExpression(written);
  const reference = referenceOfBase(written, site);
  switch (reference.kind) {
    case 'class': {
      const { qualifiedName, file, node: parent } = reference;
      addParent({ qualifiedName, file, node: parent }, hierarchy, into);
      return null;
    }
    case 'library':
      return readLibraryBase(reference.name, expression, node, { site, hierarchy }, into);
    case 'variable': {
      const fact = variableBase(reference, site, hierarchy, into);
      into.base ??= fact;
      const made = fact ? null : hierarchy.made.madeFor(reference);
      if (made) addParent(made, hierarchy, into);
      into.unresolved ||= fact === null && made === null;
      return null;
    }
    default: {
      const made = hierarchy.made.madeBy(written, site);
      if (made) addParent(made, hierarchy, into);
      else into.unresolved = true;
      return null;
    }
  }
}

function addParent(node: ClassNode, hierarchy: Hierarchy, into: Collected): void {
  const parent = hierarchy.ancestryOf(node);
  into.chains.push([...parent.order]);
  for (const library of parent.libraries) into.libraries.add(library);
  into.base ??= parent.base;
  into.unresolved ||= parent.unresolved;
}

function readLibraryBase(
  name: string,
  expression: Expression,
  node: ClassNode,
  { site, hierarchy }: { readonly site: Site; readonly hierarchy: Hierarchy },
  into: Collected,
): BaseFact | null {
  into.libraries.add(name);
  if (declarativeClasses.has(name))
    return { qualifiedName: node.qualifiedName, door: 'declarative', variable: null };
  if (name === 'sqlmodel.SQLModel') into.base ??= { qualifiedName: name, door: 'sqlmodel', variable: null };
  else if (name === 'flask_sqlalchemy.Model') {
    // The class itself maps nothing: it is what a `model_class` is made of, and `db.Model` of that.
    if (site.names.qualify(expression, site.file)?.startsWith('flask_sqlalchemy.')) return null;
    const base = flaskBase(expression, site);
    into.base ??= base;
    const { variable } = base;
    if (variable?.value.kind === 'call')
      addCustomBase(variable.value, siteOf(variable.file, site.names), hierarchy, into);
  } else if (!harmless.has(name) && !isPlainLibrary(name)) into.unresolved = true;
  return null;
}

function isPlainLibrary(name: string): boolean {
  return /^(typing|builtins|abc|enum|dataclasses|collections|types|functools)\./.test(name);
}

function flaskBase(expression: Expression, site: Site): BaseFact {
  const owner = expression.kind === 'attribute' ? referenceOf(expression.value, site) : null;
  if (owner?.kind !== 'variable' || !owner.node.value)
    return { qualifiedName: 'flask_sqlalchemy.Model', door: 'flask', variable: null };
  return {
    qualifiedName: owner.qualifiedName,
    door: 'flask',
    variable: { file: owner.file, value: owner.node.value },
  };
}

/** What the class has that a base is made of, all models have. */
function addCustomBase(call: Call, home: Site, hierarchy: Hierarchy, into: Collected): void {
  const given = customBase(call);
  // `SQLAlchemy(model_class=declarative_base(cls=Base))`.
  if (given?.kind === 'call') addCustomBase(given, home, hierarchy, into);
  const reference = given && followReference(given, home);
  if (reference?.kind !== 'class') return;
  const { qualifiedName, file, node } = reference;
  into.chains.push([...hierarchy.ancestryOf({ qualifiedName, file, node }).order]);
}

const baseFunctions = new Set(['declarative_base', 'automap_base', 'generate_base', 'registry']);

/** `Base = declarative_base(…)`, `Base = mapper_registry.generate_base()`. A `cls=` argument is an ancestor too. */
function variableBase(
  reference: Reference & { kind: 'variable' },
  site: Site,
  hierarchy: Hierarchy,
  into: Collected,
): BaseFact | null {
  const { value } = reference.node;
  if (value?.kind !== 'call') return null;
  const home = siteOf(reference.file, site.names);
  const callee = followReference(value.function, home);
  const method = value.function.kind === 'attribute' ? value.function.attribute.id : null;
  const name = callee.kind === 'library' ? callee.name : method;
  if (name === null || !baseFunctions.has(name)) return null;
  if (name === 'automap_base') into.unresolved = true;
  addCustomBase(value, home, hierarchy, into);
  return {
    qualifiedName: reference.qualifiedName,
    door: 'declarative',
    variable: { file: reference.file, value },
  };
}

function isMapped(
  node: ClassNode,
  ownBase: BaseFact | null,
  inherited: BaseFact | null,
  site: Site,
): boolean {
  if (ownBase || !inherited) return false;
  if (inherited.door === 'sqlmodel') return hasTableKeyword(node, site);
  const abstract = bodyMembers(node.node).get('__abstract__');
  if (abstract?.kind !== 'assignment' || !abstract.value) return true;
  return constantOf(abstract.value, site) !== true;
}

function hasTableKeyword(node: ClassNode, site: Site): boolean {
  const table = keywordOf(node.node, 'table');
  return table !== undefined && constantOf(table.value, site) === true;
}

/** Depth first, a class that several inherit from after all of them: what C3 gives for every hierarchy but contrived ones. */
function linearise(chains: readonly (readonly ClassNode[])[]): readonly ClassNode[] {
  const last = new Map<string, ClassNode>();
  for (const node of chains.flat()) {
    last.delete(node.qualifiedName);
    last.set(node.qualifiedName, node);
  }
  return [...last.values()].slice(0, 200);
}
