/**
 * A place in the workspace where an expression is read: its file, what names mean there, and what a helper
 * function's parameters are bound to while its body is read.
 */
import type { Expression } from '../../python/syntax.ts';
import type { Definition } from '../linked-project.ts';
import type { SourceFile } from '../project.ts';

/** Names across files, as Python resolves them. */
export interface NameResolver {
  /** The canonical dotted name of a name or attribute chain; null where it cannot be followed. */
  qualify(expression: Expression, file: SourceFile): string | null;
  /** The statement that binds `module.name` or `module.Class.member`; null where it is not in the workspace. */
  definitionOf(qualifiedName: string): Definition | null;
  /** The same object for as long as names lead to the same, so that what follows from them is kept by it; null where they may lead elsewhere at any time. */
  readonly answers: object | null;
}

export interface Site {
  readonly file: SourceFile;
  readonly names: NameResolver;
  /** Parameters of the helper functions being read, and `cls`. Empty outside of them. */
  readonly locals: ReadonlyMap<string, Bound>;
  /** How many helper functions deep: bounded, since code may call itself. */
  readonly depth: number;
}

/** An expression, and where it is read. */
export interface Located {
  readonly expression: Expression;
  readonly site: Site;
}

export type Bound =
  | ({ readonly kind: 'expression' } & Located)
  | { readonly kind: 'constant'; readonly value: Constant }
  /** A member of an Enum, in a comprehension over the class. */
  | { readonly kind: 'enum-member'; readonly name: string; readonly value: Constant | undefined }
  /** What pydantic hands a validator: the fields of its class by name. */
  | { readonly kind: 'fields'; readonly qualifiedName: string }
  /** `cls` or an instance of a class: attributes are looked up in it. */
  | { readonly kind: 'class'; readonly qualifiedName: string };

/** A Python value that is the same each time the code runs. */
export type Constant = string | number | boolean | null | readonly Constant[] | ConstantDict;

export interface ConstantDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, Constant>;
}

export const maximumDepth = 8;

const noLocals: ReadonlyMap<string, Bound> = new Map();

export function siteOf(file: SourceFile, names: NameResolver): Site {
  return { file, names, locals: noLocals, depth: 0 };
}

/** What methods of a class call it and its objects: attributes of both are looked up in the class. */
export function localsOfClass(qualifiedName: string): ReadonlyMap<string, Bound> {
  const own: Bound = { kind: 'class', qualifiedName };
  return new Map([
    ['self', own],
    ['cls', own],
  ]);
}

/** The site of another definition, entered from this one: its own file, no locals, one deeper. */
export function enterSite(site: Site, file: SourceFile, locals?: ReadonlyMap<string, Bound>): Site {
  return { file, names: site.names, locals: locals ?? noLocals, depth: site.depth + 1 };
}
