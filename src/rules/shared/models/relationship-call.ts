/** Calls that declare a relationship, with what the project knows of it. */
import { keywordOf } from '../../../python/argument-at.ts';
import type { Call, Expression } from '../../../python/syntax.ts';
import type { Model, RelationshipAttribute } from '../../../sqlalchemy/model.ts';
import type { FileContext } from '../../rule.ts';
import { isDictCall, passedOption } from '../code/passed-option.ts';
import { libraryNameOf } from './column-call.ts';
import { attributesAt } from './declared-attributes.ts';

export interface RelationshipCall {
  readonly call: Call;
  /** The model that has it; of a mixin's the first. */
  readonly model: Model;
  readonly attribute: RelationshipAttribute;
}

/** `relationship(…)`, `db.relationship(…)` and SQLModel's `Relationship(…)` of a known model; null for other calls. */
export function relationshipCallOf(call: Call, context: FileContext): RelationshipCall | null {
  if (!isRelationshipCall(call, context)) return null;
  const { project, file } = context;
  for (const { model, attribute } of attributesAt(project, file.path, call))
    if (attribute.kind === 'relationship') return { call, model, attribute };
  return null;
}

export function isRelationshipCall(call: Call, { facts }: FileContext): boolean {
  const name = libraryNameOf(call.function, facts);
  return name === 'sqlalchemy.orm.relationship' || name === 'sqlmodel.Relationship';
}

/** The value of a keyword, also where SQLModel passes it on in `sa_relationship_kwargs`. */
export function relationshipOption(call: Call, keyword: string): Expression | null {
  return passedOption(call, keyword, 'sa_relationship_kwargs');
}

/** True where unpacked or computed arguments may say anything. */
export function hasHiddenOptions(call: Call): boolean {
  const passed = keywordOf(call, 'sa_relationship_kwargs')?.value;
  const isWritten = passed === undefined || passed.kind === 'dict' || isDictCall(passed);
  return !isWritten || call.arguments.some(argument => argument.unpacked);
}

/** The same for a relationship whose call is not at hand, by its text. */
export function mayHideOptions(attribute: RelationshipAttribute, context: FileContext): boolean {
  return /\*\*|sa_relationship_kwargs\s*=\s*(?!\{|dict\()/.test(declarationOf(attribute, context));
}

/** One that gives it operators and methods of its own. */
export function mayHaveComparator(attribute: RelationshipAttribute, context: FileContext): boolean {
  return /comparator_factory|\*\*|sa_relationship_kwargs/.test(declarationOf(attribute, context));
}

/** As it is written. */
export function declarationOf({ location }: RelationshipAttribute, { project }: FileContext): string {
  return project.files.get(location.path)?.text.slice(location.range.start, location.range.end) ?? '';
}

/** The class that a relationship leads to, where everything about it is known. */
export function knownTarget({ attribute }: RelationshipCall, { project }: FileContext): Model | null {
  const target = attribute.target === null ? undefined : project.models.get(attribute.target);
  return target === undefined || target.incomplete ? null : target;
}
