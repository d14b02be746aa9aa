/**
 * What is scaffolded in tests: a project at its beginning, and in it the answers that are given one after the other,
 * so that a later scaffold meets what an earlier one has written.
 */
import type { SchemaScaffoldKind } from '../../../src/base/scaffold-kind.ts';
import type { Answers, ScaffoldKind } from '../../../src/scaffold/scaffold.ts';
import type { Texts } from '../apply-scaffold.ts';

export interface ScaffoldCase {
  readonly name: string;
  readonly kind: ScaffoldKind | SchemaScaffoldKind;
  readonly answers: Answers;
  /** The script below `databases/` whose schema is written from. */
  readonly script?: string;
  /** The file that is open, relative to the project. */
  readonly active?: string;
}

export interface CaseProject {
  /** A folder below `projects/`. */
  readonly project: string;
  /** The folder that Python looks for modules in. */
  readonly source: string;
  /** The lowest Python that can run what is written: 3.12 is 312. */
  readonly python?: number;
  /** Its files at the beginning, where it is no folder below `projects/`. */
  readonly texts?: Texts;
  /** The databases that it is run on; both where absent. */
  readonly dialects?: readonly ('sqlite' | 'postgresql')[];
  /** What its DATABASE_URL names: sync where absent. */
  readonly concurrency?: 'sync' | 'async';
  readonly driver?: string;
  /** The package that the application is in. */
  readonly package?: string;
  /** Further checks below `checks/`. */
  readonly uses?: readonly string[];
  /** The script below `databases/` that makes the database it is run on. */
  readonly script?: string;
  /** `module:Class`, for the check of that name. */
  readonly unitOfWork?: string;
  /** Modules that define the models, and the one of the base. */
  readonly models: readonly string[];
  readonly base: string;
  readonly cases: readonly ScaffoldCase[];
}

export function model(name: string, answers: Answers, more: Partial<ScaffoldCase> = {}): ScaffoldCase {
  return { name: `model ${name}`, kind: 'model', answers: { name, ...answers }, ...more };
}

export function repository(name: string, answers: Answers = {}): ScaffoldCase {
  return { name: `repository ${name}`, kind: 'repository', answers: { model: name, ...answers } };
}

export const column = (name: string, type: string, more: Answers = {}): Answers => ({ name, type, ...more });
export const reference = (name: string, target: string, more: Answers = {}): Answers => ({
  name,
  type: 'foreign-key',
  target,
  relationship: true,
  ...more,
});

/** Add Column to a model: the answers are those of one of a new model's columns. */
export function addColumn(modelName: string, column: Answers): ScaffoldCase {
  const name = `column ${modelName}.${String(column.name)}`;
  return { name, kind: 'column', answers: { model: modelName, ...column } };
}

export function relate(modelName: string, kind: string, target: string, more: Answers = {}): ScaffoldCase {
  const name = `${kind} ${modelName} ${target}`;
  return { name, kind: 'relationship', answers: { model: modelName, kind, target, ...more } };
}
