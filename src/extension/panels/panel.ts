/**
 * The shell of every panel: one webview a panel, made when it is opened or restored, shown the newest data whenever its
 * page listens. A page that is hidden is thrown away by the editor and built again when it is shown.
 */
import { randomBytes } from 'node:crypto';
import type { Disposable, ExtensionContext, WebviewPanel } from 'vscode';
import { ThemeIcon, Uri, ViewColumn, window } from 'vscode';
import type { MessageFromPage, MessageToPage, PanelType } from '../../protocol/panels.ts';
import { pageHtml } from './page-html.ts';

export interface PanelOptions<Data, Action> {
  readonly type: PanelType<Data, Action>;
  readonly title: string;
  /** A product icon. */
  readonly icon: string;
  /** A page begins, and has nothing yet. */
  readonly listening?: () => void;
  /** What a user wants done. Failures are its own to tell. */
  readonly act: (action: Action) => void;
  /** Somebody sees it, from now on. */
  readonly shown: () => void;
  /** Nobody sees it any more: a panel that is hidden asks for nothing. */
  readonly hidden: () => void;
}

export class Panel<Data, Action> implements Disposable {
  readonly #context: ExtensionContext;
  readonly #options: PanelOptions<Data, Action>;
  readonly #viewType: string;
  readonly #serializer: Disposable;
  #open: WebviewPanel | undefined;
  #listening = false;
  #visible = false;
  #newest: Data | undefined;

  constructor(context: ExtensionContext, options: PanelOptions<Data, Action>) {
    this.#context = context;
    this.#options = options;
    this.#viewType = `databasePatterns.${options.type.name}`;
    this.#serializer = window.registerWebviewPanelSerializer(this.#viewType, {
      deserializeWebviewPanel: async panel => this.#adopt(panel),
    });
  }

  get visible(): boolean {
    return this.#visible;
  }

  open(): void {
    if (this.#open !== undefined) {
      this.#open.reveal();
      return;
    }
    this.#adopt(window.createWebviewPanel(this.#viewType, this.#options.title, ViewColumn.Active));
  }

  /** Kept for a page that does not listen yet. */
  show(data: Data): void {
    this.#newest = data;
    this.#post();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#open?.dispose();
  }

  #adopt(panel: WebviewPanel): void {
    const dist = Uri.joinPath(this.#context.extensionUri, 'dist');
    const { webview } = panel;
    const { type, title, icon } = this.#options;
    const file = (end: string) => webview.asWebviewUri(Uri.joinPath(dist, `panel-${type.name}${end}`));
    panel.iconPath = new ThemeIcon(icon);
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.onDidReceiveMessage((message: MessageFromPage<Action>) => this.#receive(message));
    panel.onDidChangeViewState(() => this.#noteVisible(panel.visible));
    panel.onDidDispose(() => {
      this.#open = undefined;
      this.#noteVisible(false);
    });
    this.#open = panel;
    webview.html = pageHtml({
      title,
      script: file('.js').toString(),
      style: file('.css').toString(),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
    });
    this.#noteVisible(panel.visible);
  }

  #receive(message: MessageFromPage<Action>): void {
    switch (message.kind) {
      case 'listening':
        this.#listening = true;
        this.#post();
        this.#options.listening?.();
        return;
      case 'wants':
        this.#options.act(message.action);
    }
  }

  #post(): void {
    if (this.#open === undefined || !this.#listening || this.#newest === undefined) return;
    const message: MessageToPage<Data> = { kind: 'show', data: this.#newest };
    void this.#open.webview.postMessage(message);
  }

  #noteVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    // The page of a hidden panel is gone; the next one says when it listens.
    if (!visible) this.#listening = false;
    if (visible) this.#options.shown();
    else this.#options.hidden();
  }
}
