/** What the client said at the start. Another editor says nothing: then nothing is trusted that could start a process. */
import type { ClientOptions } from '../protocol/session.ts';

export function readClientOptions(raw: unknown): ClientOptions {
  const said = typeof raw === 'object' && raw !== null ? raw : {};
  const trusted = 'trusted' in said && said.trusted === true;
  const storagePath = 'storagePath' in said && typeof said.storagePath === 'string' ? said.storagePath : null;
  return { trusted, storagePath };
}
