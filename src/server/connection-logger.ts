/** The logger's port over LSP's log messages: the editor shows them in the extension's log. */
import type { Logger } from '../base/logger.ts';
import type { ServerConnection } from './server-connection.ts';

export function connectionLogger(connection: ServerConnection): Logger {
  return {
    info: message => connection.console.info(message),
    warn: message => connection.console.warn(message),
    error: message => connection.console.error(message),
  };
}
