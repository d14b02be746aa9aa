/** A class of the workspace by its name and place, and what makes it one that SQLAlchemy maps. */
import type { ClassDefinition, Expression } from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';

export interface ClassNode {
  readonly qualifiedName: string;
  readonly file: SourceFile;
  readonly node: ClassDefinition;
}

export type Door = 'declarative' | 'sqlmodel' | 'flask';

/** The declarative base, registry or extension that a class belongs to. */
export interface BaseFact {
  readonly qualifiedName: string;
  readonly door: Door;
  /** The variable that holds `declarative_base(…)`, a registry or a Flask extension; null for a base class. */
  readonly variable: { readonly file: SourceFile; readonly value: Expression } | null;
}
