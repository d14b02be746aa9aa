/** Binds handlers to the messages of our own protocol, so that their types are checked against it. */
import type { CancellationToken } from 'vscode-languageserver/node';
import type { NotificationType, RequestType } from '../../protocol/message.ts';
import type { ServerConnection } from '../server-connection.ts';

export function answer<Params, Result>(
  connection: ServerConnection,
  type: RequestType<Params, Result>,
  handler: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): void {
  connection.onRequest(type.method, async (params: Params, token: CancellationToken): Promise<unknown> => {
    return handler(params, token);
  });
}

export function hear<Params>(
  connection: ServerConnection,
  type: NotificationType<Params>,
  handler: (params: Params) => void | Promise<void>,
): void {
  connection.onNotification(type.method, handler);
}

export function tell<Params>(
  connection: ServerConnection,
  type: NotificationType<Params>,
  params: Params,
): void {
  void connection.sendNotification(type.method, params);
}
