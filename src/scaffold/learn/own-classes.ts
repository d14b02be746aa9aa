/** The classes of the project's own code by qualified name, and what their bodies map. Tests and revisions left out. */
import { declarationsOf } from '../../sqlalchemy/models/declarations.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import {
  assignedName,
  type ClassDefinition,
  type Expression,
  lastName,
  type Statement,
} from '../python-syntax.ts';

export interface OwnClass {
  readonly qualifiedName: string;
  readonly name: string;
  readonly file: SourceFile;
  readonly node: ClassDefinition;
  /** Last names of the base classes as written, in order. */
  readonly bases: readonly string[];
}

export type OwnClasses = ReadonlyMap<string, OwnClass>;

export interface OwnCode {
  readonly classes: OwnClasses;
  readonly ownFiles: readonly SourceFile[];
}

/** Whether a file holds code of the project's own: see `ownCodeBelow`. */
export type IsOwnCode = (path: string) => boolean;

export function ownClasses(ownFiles: readonly SourceFile[]): OwnClasses {
  const classes = ownFiles.flatMap(classesOf);
  return new Map(classes.map(each => [each.qualifiedName, each]));
}

const foreign =
  /(^|\/)(tests?|testing|alembic|migrations|versions|docs|examples?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/;

/**
 * False for tests, migrations and examples: nothing new goes there, and their habits are not the project's. Where the
 * project itself lies, below a folder `tests` for instance, says nothing.
 */
export function ownCodeBelow(roots: readonly string[]): IsOwnCode {
  return path => {
    const root = roots.find(each => path.startsWith(`${each}/`)) ?? '';
    return !foreign.test(path.slice(root.length));
  };
}

function classesOf(file: SourceFile): readonly OwnClass[] {
  return declarationsOf(file).classes.map(({ qualifiedName, node }) => ({
    qualifiedName,
    name: node.name.id,
    file,
    node,
    bases: positionalBases(node)
      .map(lastName)
      .filter(name => name !== null),
  }));
}

export function positionalBases(node: ClassDefinition): readonly Expression[] {
  return node.arguments.flatMap(each => (each.keyword || each.unpacked ? [] : [each.value]));
}

/** A class and those that it inherits from, as far as their names lead to one class of the project. */
export function withAncestors(start: OwnClass, classes: OwnClasses): readonly OwnClass[] {
  const found = [start];
  for (let index = 0; index < found.length; index++) {
    for (const base of found[index]?.bases ?? []) {
      const parent = classNamed(base, found[index], classes);
      if (parent && !found.includes(parent)) found.push(parent);
    }
  }
  return found;
}

/** The namesake in the same file counts first, else the only one there is. */
function classNamed(name: string, from: OwnClass | undefined, classes: OwnClasses): OwnClass | null {
  const namesakes = [...classes.values()].filter(each => each.name === name);
  return (
    namesakes.find(each => each.file === from?.file) ??
    (namesakes.length === 1 ? (namesakes[0] ?? null) : null)
  );
}

/** Names that a class body maps: `x: Mapped[…]`, `x = mapped_column(…)`, `x = Column(…)`, `@declared_attr def x`. */
export function mappedNames(node: ClassDefinition): readonly string[] {
  return node.body.flatMap(statement => mappedName(statement) ?? []);
}

const mappingCalls: ReadonlySet<string> = new Set(['mapped_column', 'Column', 'relationship']);

function mappedName(statement: Statement): string | null {
  if (statement.kind === 'function') {
    const declared = statement.decorators.some(each =>
      each.kind === 'name' ? each.id === 'declared_attr' : lastNames(each).includes('declared_attr'),
    );
    return declared && !statement.name.id.startsWith('__') ? statement.name.id : null;
  }
  const name = assignedName(statement);
  if (name === null || name.startsWith('__') || statement.kind !== 'assignment') return null;
  const annotated = statement.annotation !== null && lastName(statement.annotation) === 'Mapped';
  const called = statement.value?.kind === 'call' ? lastName(statement.value.function) : null;
  return annotated || (called !== null && mappingCalls.has(called)) ? name : null;
}

/** The names of a dotted expression: `declared_attr.directive` gives both. */
function lastNames(expression: Expression): readonly string[] {
  if (expression.kind !== 'attribute') return [lastName(expression) ?? ''];
  return [expression.attribute.id, ...lastNames(expression.value)];
}

/** Whether the text of a class or an annotation makes a column the primary key. */
export function declaresKey(text: string): boolean {
  return /primary_key\s*=\s*True/.test(text);
}

export function textOf({ file, node }: OwnClass): string {
  return file.text.slice(node.start, node.end);
}
