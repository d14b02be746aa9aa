/** The one message that carries a password: from the client's secret storage to the server, on demand. Never logged. */
import { requestType } from './message.ts';

export interface PasswordQuestion {
  readonly connectionId: string;
}

/** Server to client. Null where none is stored; the client does not open a dialogue for it. */
export const askPassword = requestType<PasswordQuestion, string | null>('password');
