/** What the client said at the start. Another editor says nothing: then nothing is trusted that could start a process. */
import { recordOf, textOf } from '../base/record.ts';
import type { ClientOptions } from '../protocol/session.ts';

export function readClientOptions(raw: unknown): ClientOptions {
  const { trusted, storagePath } = recordOf(raw);
  return { trusted: trusted === true, storagePath: textOf(storagePath) };
}
