/** The LSP connection as this room uses it. */
import type { createConnection } from 'vscode-languageserver/node';

export type ServerConnection = ReturnType<typeof createConnection>;
