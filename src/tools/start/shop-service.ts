/** Serves the sample shop on a free port and sends it the traffic that makes its pool fill and drain. */
import { freePort } from '../free-port.ts';
import { Service } from '../service.ts';
import { shopVariables } from '../shop.ts';

export type ShopServiceOptions = {
  readonly workspace: string;
  readonly python: string;
  readonly databaseUrl: string;
  readonly signal: AbortSignal;
};

export type ShopService = AsyncDisposable & { readonly url: string };

const START_TIMEOUT_MS = 60_000;

export async function startShop(options: ShopServiceOptions): Promise<ShopService> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const settings = { cwd: options.workspace, env: shopVariables(options.databaseUrl) };
  const port = new URL(url).port;
  const serve = [
    '-m',
    'uvicorn',
    'app.main:app',
    '--host',
    '127.0.0.1',
    '--port',
    port,
    '--log-level',
    'warning',
  ];
  await using stack = new AsyncDisposableStack();
  const server = stack.use(new Service(options.python, serve, { name: 'The shop', ...settings }));
  await server.waitUntil(() => answers(url), { timeoutMs: START_TIMEOUT_MS, signal: options.signal });
  stack.use(
    new Service(options.python, ['-m', 'app.traffic', '--base-url', url], {
      name: 'The traffic',
      ...settings,
    }),
  );
  const running = stack.move();
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}
