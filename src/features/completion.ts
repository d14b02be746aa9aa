/** Completion of names that Python does not know: in SQL, in strings, as keywords. Reads and runs nothing. */
import { namePlaceAt } from '../workspace/name-place.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { CompletionSubject, Completions } from './completion/completion-item.ts';
import { keywordCompletions } from './completion/keyword-completions.ts';
import { sqlCompletions } from './completion/sql-completions.ts';
import { stringCompletions } from './completion/string-completions.ts';
import { modelContents, tableContents } from './hover.ts';
import { tablesFor } from './names/known-tables.ts';

/** What asks: a person or a typed word, or one of `triggerCharacters`. */
export type CompletionTrigger = 'word' | TriggerCharacter;

export const triggerCharacters = ['.', ' ', '"', "'"] as const;

export type TriggerCharacter = (typeof triggerCharacters)[number];

/** Null where nothing is named that we know of. */
export function completionsAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
  trigger: CompletionTrigger = 'word',
): Completions | null {
  const place = namePlaceAt(workspace, path, offset, 'near');
  switch (place?.kind) {
    case undefined:
      return null;
    case 'sql': {
      // A quote opens a string of which nothing is known yet.
      const isQuote = trigger === '"' || trigger === "'";
      const asked = trigger === ' ' ? 'by-space' : 'by-hand';
      return isQuote ? null : sqlCompletions(place, tablesFor(workspace, path), asked);
    }
    case 'name':
      return trigger === ' ' ? null : stringCompletions(workspace, path, place);
    case 'keyword':
      return trigger === 'word' ? keywordCompletions(workspace.textOf(path) ?? '', place, offset) : null;
  }
}

/** Markdown about what an item names; null where there is nothing to say. */
export function completionDocumentation(
  workspace: WorkspaceSnapshot,
  path: string,
  subject: CompletionSubject,
): string | null {
  switch (subject.kind) {
    case 'text':
      return subject.text;
    case 'model': {
      const model = workspace.project.models.get(subject.qualifiedName);
      return model ? modelContents(model) : null;
    }
    case 'table':
      return tableContents(workspace, path, subject);
  }
}
