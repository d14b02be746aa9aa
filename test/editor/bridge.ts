/** The runner's side of the bridge: a small HTTP server that takes test results and passes requests on to the window. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { BridgeRequest, BridgeResponse, TestResult } from './bridge-protocol.ts';

/** Does what a request asks of the editor's window. Results never reach it. */
export type WindowActions = (
  request: Exclude<BridgeRequest, { action: 'result' }>,
) => Promise<string | number | null>;

export type Bridge = AsyncDisposable & {
  /** For the suite; carries a secret, so that nothing else on the machine can act through it. */
  readonly url: string;
  readonly results: readonly TestResult[];
};

export async function startBridge(act: WindowActions): Promise<Bridge> {
  const results: TestResult[] = [];
  const secret = `/${randomUUID()}`;
  const answer = async (message: IncomingMessage): Promise<BridgeResponse> => {
    if (message.url !== secret) return { kind: 'failed', message: 'Unknown address.' };
    const request = (await json(message)) as BridgeRequest;
    if (request.action !== 'result') return { kind: 'done', value: await act(request) };
    results.push(request.result);
    if (request.result.state === 'failed')
      await act({ action: 'screenshot', name: failureName(request.result) });
    return { kind: 'done', value: null };
  };
  const server = createServer((message, reply) => {
    answer(message)
      .catch((error: unknown): BridgeResponse => ({ kind: 'failed', message: String(error) }))
      .then(response => reply.end(JSON.stringify(response)));
  });
  // A client that was busy for as long would send its next request into a connection that is being closed.
  server.keepAliveTimeout = 0;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${secret}`,
    results,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function failureName(result: TestResult): string {
  return `failed-${result.title
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')}`.slice(0, 100);
}
