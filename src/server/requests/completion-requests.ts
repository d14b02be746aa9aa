/** LSP's completion: items as the client can take them, and their documentation when one is looked at. */
import {
  type ClientCapabilities,
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem as LspCompletionItem,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  CompletionItem,
  CompletionKind,
  CompletionSubject,
  Completions,
} from '../../features/completion/completion-item.ts';
import {
  completionDocumentation,
  completionsAt,
  type TriggerCharacter,
  triggerCharacters,
} from '../../features/completion.ts';
import { settingsCompletions } from '../../features/settings-file/settings-completion.ts';
import type { ServerConnection } from '../server-connection.ts';
import type { ServerSession } from '../server-session.ts';
import { settingsFile } from '../settings-file.ts';
import { type FilePlace, placeIn } from './file-place.ts';

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  table: CompletionItemKind.Struct,
  column: CompletionItemKind.Field,
  alias: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  type: CompletionItemKind.TypeParameter,
  condition: CompletionItemKind.Operator,
  class: CompletionItemKind.Class,
  relationship: CompletionItemKind.Reference,
  attribute: CompletionItemKind.Property,
  revision: CompletionItemKind.Event,
  parameter: CompletionItemKind.Value,
  setting: CompletionItemKind.Property,
  choice: CompletionItemKind.EnumMember,
};

/** What comes back with an item whose documentation is asked for. */
interface ItemData {
  readonly path: string;
  readonly subject: CompletionSubject;
}

export function answerCompletionRequests(
  connection: ServerConnection,
  documents: TextDocuments<TextDocument>,
  session: ServerSession,
  client: ClientCapabilities,
): void {
  const { snippetSupport = false, insertReplaceSupport = false } =
    client.textDocument?.completion?.completionItem ?? {};
  const support: ItemSupport = { snippetSupport, insertReplaceSupport };

  connection.onCompletion(({ textDocument, position, context }) => {
    if (!session.completes) return null;
    const settings = settingsFile(documents, textDocument.uri);
    if (settings) {
      const found = settingsCompletions(settings.text, settings.positions.offset(position));
      const items = found?.items.map(item => toItem(item, found, settings, support)) ?? [];
      return { items, isIncomplete: false };
    }
    const place = placeIn(session.typedWorkspace(), textDocument.uri);
    if (!place) return null;
    const { workspace, path, positions } = place;
    const trigger = triggerOf(context?.triggerCharacter);
    const found = completionsAt(workspace, path, positions.offset(position), trigger);
    if (!found) return null;
    const items = found.items.map(item => toItem(item, found, place, support));
    return { items, isIncomplete: found.isIncomplete };
  });

  connection.onCompletionResolve(item => {
    const { path, subject } = (item.data ?? {}) as Partial<ItemData>;
    const workspace = session.analysis?.workspace;
    if (!workspace || path === undefined || subject === undefined) return item;
    const value = completionDocumentation(workspace, path, subject);
    return value === null ? item : { ...item, documentation: { kind: 'markdown', value } };
  });
}

function triggerOf(character: string | undefined): 'word' | TriggerCharacter {
  return triggerCharacters.find(each => each === character) ?? 'word';
}

interface ItemSupport {
  readonly snippetSupport: boolean;
  readonly insertReplaceSupport: boolean;
}

function toItem(
  item: CompletionItem,
  { inserted, replaced }: Completions,
  { path, positions }: Pick<FilePlace, 'path' | 'positions'>,
  { snippetSupport, insertReplaceSupport }: ItemSupport,
): LspCompletionItem {
  const newText = snippetSupport ? snippetOf(item) : item.insert;
  const [insert, replace] = [positions.range(inserted), positions.range(replaced)];
  return {
    label: item.label,
    kind: kinds[item.kind],
    ...(item.detail === '' ? {} : { detail: item.detail }),
    labelDetails: { detail: item.detail === '' ? '' : ` ${item.detail}`, description: item.from },
    sortText: item.order,
    ...(item.filter === undefined ? {} : { filterText: item.filter }),
    insertTextFormat: snippetSupport ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: insertReplaceSupport ? { newText, insert, replace } : { newText, range: insert },
    ...(item.subject === null ? {} : { data: { path, subject: item.subject } satisfies ItemData }),
  };
}

/** https://code.visualstudio.com/docs/editor/userdefinedsnippets#_grammar */
function snippetOf({ insert, cursor }: CompletionItem): string {
  const escaped = (text: string) => text.replace(/[\\$}]/g, '\\$&');
  return cursor === undefined
    ? escaped(insert)
    : `${escaped(insert.slice(0, cursor))}$0${escaped(insert.slice(cursor))}`;
}
