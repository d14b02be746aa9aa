/** Joins that connect two groups of tables of a statement, along the relationships of what it selects. */
import { sliceOf } from '../../../base/range.ts';
import type { Argument } from '../../../python/syntax.ts';
import type { Model } from '../../../sqlalchemy/model.ts';
import type { StatementOutline } from '../../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix } from '../../rule.ts';
import { callAt } from '../code/node-at.ts';
import { ownRange } from '../code/own-range.ts';

/** One for each relationship between a class that the first call names and a table of `names`. */
export function connectingJoins(
  { begun }: StatementOutline,
  names: readonly string[],
  context: FileContext,
): readonly ReportedFix[] {
  const range = ownRange(begun, context);
  const call = range && callAt(range, context);
  if (!call) return [];
  const offset = call.end;
  const joins = call.arguments
    .flatMap(argument => namedClass(argument, context) ?? [])
    .flatMap(({ model, written }) =>
      relationshipsTo(names, model, context).map(name => `${written}.${name}`),
    );
  return [...new Set(joins)].map(join => ({
    title: `Join by ${join}`,
    edits: [{ range: { start: offset, end: offset }, newText: `.join(${join})` }],
  }));
}

/** `User` of `User` and `User.name`. */
function namedClass(
  { value, keyword, unpacked }: Argument,
  { facts, file }: FileContext,
): { readonly model: Model; readonly written: string } | null {
  if (keyword !== null || unpacked) return null;
  const named = value.kind === 'attribute' ? value.value : value;
  const meaning = facts.meaningOf(named);
  if (meaning.kind === 'entity' && !meaning.alias)
    return { model: meaning.model, written: sliceOf(file.text, named) };
  return null;
}

function relationshipsTo(
  names: readonly string[],
  model: Model,
  { project }: FileContext,
): readonly string[] {
  return model.attributes.flatMap(each => {
    if (each.kind !== 'relationship' || each.viewOnly || each.target === null) return [];
    const target = project.models.get(each.target);
    return target && names.includes(target.name) ? [each.name] : [];
  });
}
