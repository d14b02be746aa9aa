/** What the server is started with. */
import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServerConnection } from './server-connection.ts';

export interface ServerOptions {
  readonly connection: ServerConnection;
  readonly documents: TextDocuments<TextDocument>;
  /** Folder of the WebAssembly files. */
  readonly assets: string;
  readonly shadowEntry: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
