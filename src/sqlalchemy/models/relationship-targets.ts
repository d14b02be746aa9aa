/** What a relationship leads to: its target class, and the association table between. */
import { lastPart } from '../../base/dotted-name.ts';
import type { ModelDraft, RelationshipDraft } from './drafts.ts';
import type { Linking } from './linking.ts';
import type { TableEntry } from './table-registry.ts';

export function targetOf(draft: ModelDraft, written: RelationshipDraft, linking: Linking): ModelDraft | null {
  const direct =
    written.target.qualifiedName === null ? undefined : linking.drafts.get(written.target.qualifiedName);
  return direct ?? (written.target.text === '' ? null : linking.modelNamed(written.target.text, draft));
}

export function secondaryEntry(
  draft: ModelDraft,
  { secondary }: RelationshipDraft,
  linking: Linking,
): TableEntry | null {
  if (secondary?.kind === 'variable')
    return linking.entryOf(secondary.qualifiedName) ?? linking.registry.entryOf(secondary.qualifiedName);
  if (secondary?.kind !== 'name') return null;
  const text = secondary.text.replace(/\.__table__$/, '');
  const parts = text.split('.');
  const name = parts.pop() ?? '';
  const metadata = linking.entryOf(draft.qualifiedName)?.draft.metadata ?? null;
  const schema = parts.length > 0 ? parts.join('.') : (metadata?.schema ?? null);
  const table = linking.registry.find(name, schema, metadata);
  if (table) return table;
  const model = linking.modelNamed(text, draft);
  return model && linking.entryOf(model.qualifiedName);
}

export function secondaryText({ secondary }: RelationshipDraft): string | null {
  if (secondary?.kind === 'name') return secondary.text;
  return secondary?.kind === 'variable' ? lastPart(secondary.qualifiedName) : null;
}
