/** What the client said at the start. Another editor says nothing: then nothing is trusted that could start a process. */
import type { ClientOptions } from '../protocol/session.ts';

export function readClientOptions(raw: unknown): Pick<ClientOptions, 'trusted'> {
  const trusted = typeof raw === 'object' && raw !== null && 'trusted' in raw ? raw.trusted === true : false;
  return { trusted };
}
