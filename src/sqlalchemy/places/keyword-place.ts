/** A keyword that names an attribute of a model: of `filter_by()`, `values()`, and of a model's own constructor. */
import type { Call, SyntaxNode } from '../../python/syntax.ts';
import type { Model } from '../model.ts';
import type { FileFacts } from '../project.ts';
import type { KeywordCall, NamePlace } from './name-place.ts';

/** `path` leads to the offset; the call is the nearest one with the offset between its brackets. */
export function keywordPlace(
  text: string,
  factsOf: () => FileFacts,
  path: readonly SyntaxNode[],
  offset: number,
): NamePlace | null {
  const index = path.findLastIndex(node => node.kind === 'call' && isBetween(node, offset));
  const call = path[index];
  if (call?.kind !== 'call') return null;
  const keyword = keywordAt(text, call, path[index + 1], offset);
  if (keyword === null) return null;
  const known = keywordCall(call, factsOf());
  if (known === null) return null;
  const others = call.arguments.flatMap(each =>
    each.keyword && each.keyword.start !== keyword.start ? [each.keyword.id] : [],
  );
  return { kind: 'keyword', keyword, call: { ...known, given: new Set(others) } };
}

function isBetween({ argumentsRange: { start, end } }: Call, offset: number): boolean {
  return start < offset && offset < end;
}

/** The word before and behind the cursor, where it begins an argument. */
function keywordAt(
  text: string,
  call: Call,
  inner: SyntaxNode | undefined,
  offset: number,
): { readonly start: number; readonly end: number } | null {
  const before = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(text.slice(call.argumentsRange.start, offset))?.[0] ?? '';
  const start = offset - before.length;
  const end =
    offset + (/^[\p{L}\p{N}_]*/u.exec(text.slice(offset, call.argumentsRange.end))?.[0].length ?? 0);
  if (!/[(,]\s*$/.test(text.slice(call.argumentsRange.start, start))) return null;
  const isOwn = call.arguments.some(({ keyword }) => keyword?.start === start);
  // A name is a keyword that has not got its `=` yet; anything else begins a value.
  const isOpen = inner === undefined || inner.kind === 'name' || inner.start > offset || inner.end < start;
  return isOwn || isOpen ? { start, end } : null;
}

function keywordCall(call: Call, facts: FileFacts): Omit<KeywordCall, 'given'> | null {
  const meaning = facts.meaningOf(call.function);
  // SQLModel’s constructors are typed: what Python knows of them needs no second voice.
  if (meaning.kind === 'entity')
    return meaning.model.kind === 'sqlmodel' ? null : { models: [meaning.model], takes: 'attributes' };
  if (call.function.kind !== 'attribute') return null;
  const on = facts.meaningOf(call.function.value);
  if (on.kind !== 'statement') return null;
  const targets = on.target ? [on.target] : [];
  switch (call.function.attribute.id) {
    case 'filter_by':
      return known(on.filtered ?? targets, 'criteria');
    case 'values':
      return known(targets, 'values');
    default:
      return null;
  }
}

function known(models: readonly Model[], takes: KeywordCall['takes']): Omit<KeywordCall, 'given'> | null {
  return models.length === 0 ? null : { models: [...new Set(models)], takes };
}
