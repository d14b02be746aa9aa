/** Read-only documents that exist only in the editor: SQL of statements and pages of rules. */
import type { Disposable, TextDocumentContentProvider } from 'vscode';
import { EventEmitter, Uri, workspace } from 'vscode';

const scheme = 'database-patterns';

export class VirtualDocuments implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly #texts = new Map<string, string>();
  readonly #disposables: readonly Disposable[];

  constructor() {
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(scheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#texts.delete(uri.path);
      }),
      this.#changed,
    ];
  }

  get onDidChange(): EventEmitter<Uri>['event'] {
    return this.#changed.event;
  }

  /** The document's address; the path's end decides its language. */
  write(path: string, text: string): Uri {
    const uri = Uri.from({ scheme, path: `/${path}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
