/** The language server's composition root: plain constructors, wired once, and nothing decided here. */
import { join } from 'node:path';
import { createConnection, ProposedFeatures, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startServer } from './start-server.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);

startServer({
  connection,
  documents,
  assets: import.meta.dirname,
  shadowEntry: join(import.meta.dirname, 'shadow.js'),
  environment: process.env,
});
documents.listen(connection);
connection.listen();
