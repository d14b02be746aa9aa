/** An outer join that WHERE undoes: written as the inner join that runs, or with the condition where it belongs. */
import { contains, isSameRange, sliceOf, type TextRange } from '../../../base/range.ts';
import type { Argument, Call } from '../../../python/syntax.ts';
import { findNodePath } from '../../../python/walk.ts';
import type { OutlineJoin } from '../../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix } from '../../rule.ts';
import { writtenText } from '../code/operand-text.ts';
import { ownRange } from '../code/own-range.ts';

export function innerJoinFixes(
  join: OutlineJoin,
  condition: TextRange,
  context: FileContext,
): readonly ReportedFix[] {
  const target = ownRange(join.target, context);
  const call = target && callOfArgument(target, context);
  if (!call) return [];
  return [asInnerJoin(call), intoRelationship(call, condition, context)].flatMap(fix => fix ?? []);
}

/** The innermost call that has an expression as its first argument. */
function callOfArgument(range: TextRange, { file }: FileContext): Call | undefined {
  return findNodePath(file.module, range.start).findLast(
    (each): each is Call =>
      each.kind === 'call' && each.arguments.some(({ value }) => isSameRange(value, range)),
  );
}

function asInnerJoin(call: Call): ReportedFix | null {
  if (call.function.kind !== 'attribute') return null;
  const { attribute } = call.function;
  const title = 'Write the inner join that runs';
  const inner = { outerjoin: 'join', outerjoin_from: 'join_from' }[attribute.id];
  if (inner !== undefined)
    return { title, edits: [{ range: { start: attribute.start, end: attribute.end }, newText: inner }] };
  const flag = call.arguments.find(each => each.keyword?.id === 'isouter');
  return flag ? { title, edits: [{ range: withComma(flag, call), newText: '' }] } : null;
}

/** An argument with the comma that parts it from its neighbour. */
function withComma(argument: Argument, { arguments: all }: Call): TextRange {
  const index = all.indexOf(argument);
  const start = argument.keyword?.start ?? argument.value.start;
  const [before, after] = [all[index - 1], all[index + 1]];
  if (before) return { start: before.value.end, end: argument.value.end };
  return { start, end: after ? (after.keyword?.start ?? after.value.start) : argument.value.end };
}

/** `outerjoin(User.posts.and_(…))`: rows without a partner stay. */
function intoRelationship(call: Call, condition: TextRange, context: FileContext): ReportedFix | null {
  const [target, ...others] = call.arguments;
  const meaning = target && context.facts.meaningOf(target.value);
  if (!target || others.some(each => each.keyword === null)) return null;
  if (meaning?.kind !== 'attribute' || meaning.attribute.kind !== 'relationship') return null;
  const filter = callOfArgument(condition, context);
  const argument = filter?.arguments.find(({ value }) => isSameRange(value, condition));
  if (!filter || !argument || filter.function.kind !== 'attribute') return null;
  if (!/^(?:where|filter)$/.test(filter.function.attribute.id) || contains(condition, call)) return null;
  const written = writtenText(context.file.text, argument.value);
  const removed =
    filter.arguments.length === 1
      ? { start: filter.function.value.end, end: filter.end }
      : withComma(argument, filter);
  // `stmt = stmt` would be left of it.
  if (filter.arguments.length === 1 && filter.function.value.kind === 'name') return null;
  const { end } = target.value;
  return {
    title: `Move the condition into the join: ${sliceOf(context.file.text, target.value)}.and_(…)`,
    edits: [
      { range: { start: end, end }, newText: `.and_(${written})` },
      { range: removed, newText: '' },
    ],
  };
}
