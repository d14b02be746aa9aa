/** Keywords of `filter_by()`, `values()` and of a model's constructor: the attributes that Python does not know of. */
import type { TextRange } from '../../base/range.ts';
import type { MappedAttribute } from '../../sqlalchemy/model.ts';
import type { KeywordCall, NamePlace } from '../../sqlalchemy/places/name-place.ts';
import { attributeItem } from './attribute-items.ts';
import { type CompletionItem, type Completions, orderOf } from './completion-item.ts';

export function keywordCompletions(
  text: string,
  { keyword, call }: Extract<NamePlace, { kind: 'keyword' }>,
  offset: number,
): Completions | null {
  const isGiven = /^\s*=(?!=)/.test(text.slice(keyword.end));
  const items = keywordItems(call, isGiven ? '' : '=');
  if (items.length === 0) return null;
  const inserted: TextRange = { start: keyword.start, end: offset };
  return { items, inserted, replaced: keyword, isIncomplete: false };
}

function keywordItems({ models, takes, given }: KeywordCall, after: string): readonly CompletionItem[] {
  const byName = new Map<string, CompletionItem>();
  for (const model of models)
    for (const attribute of model.attributes) {
      const { name } = attribute;
      if (given.has(name) || byName.has(name) || !isTaken(attribute, takes)) continue;
      const item = attributeItem(model, attribute, orderOf(0, byName.size));
      byName.set(name, { ...item, label: `${name}=`, filter: name, insert: `${name}${after}` });
    }
  return [...byName.values()];
}

function isTaken({ kind }: MappedAttribute, takes: KeywordCall['takes']): boolean {
  if (takes === 'values') return kind === 'column';
  if (takes === 'criteria') return kind !== 'plain' && kind !== 'association-proxy';
  return (
    kind === 'column' ||
    kind === 'relationship' ||
    kind === 'synonym' ||
    kind === 'composite' ||
    kind === 'association-proxy'
  );
}
