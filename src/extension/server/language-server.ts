/**
 * The language server as the rest of the extension sees it: typed requests and notifications over a process of its
 * own, which is restarted when it dies. Nothing here waits for it while the extension activates.
 */
import type { CancellationToken, Disposable, Event, LogOutputChannel } from 'vscode';
import { EventEmitter } from 'vscode';
import type { NotificationType, RequestType } from '../../protocol/message.ts';
import type { ClientOptions } from '../../protocol/session.ts';
import type { LanguageClient } from './create-client.ts';

export interface LanguageServerOptions {
  /** Path of the server's script. */
  readonly script: string;
  readonly log: LogOutputChannel;
  /** Asked at each start. */
  readonly clientOptions: () => ClientOptions;
}

/** A request that could not be answered, with a sentence for the user. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
}

type Registration = (client: LanguageClient) => void;

export class LanguageServer implements Disposable {
  readonly #options: LanguageServerOptions;
  readonly #started = new EventEmitter<void>();
  readonly #registrations: Registration[] = [];
  #client: LanguageClient | undefined;
  #running = false;
  #start: Promise<LanguageClient> | undefined;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
  }

  /** After the first start and each restart: subscriptions must be sent again. */
  get onDidStart(): Event<void> {
    return this.#started.event;
  }

  async start(): Promise<void> {
    this.#start ??= this.#launch();
    await this.#start;
  }

  async stop(): Promise<void> {
    const client = await this.#start?.catch(() => undefined);
    this.#start = undefined;
    this.#running = false;
    if (client?.isRunning()) await client.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async request<Params, Result>(
    type: RequestType<Params, Result>,
    params: Params,
    token?: CancellationToken,
  ): Promise<Result> {
    if (this.#start === undefined) {
      throw new ServerError(
        'Database Patterns is switched off. Set databasePatterns.enable to use this command.',
      );
    }
    return (await this.#start).sendRequest<Result>(type.method, params, token);
  }

  /** Dropped while the server is not running: state is sent again after a start. */
  notify<Params>(type: NotificationType<Params>, params: Params): void {
    if (!this.#running) return;
    this.#client?.sendNotification(type.method, params as object).catch(error => {
      this.#options.log.warn(`${type.method} was not sent: ${String(error)}`);
    });
  }

  /** For the whole life of the extension, whatever becomes of the server. */
  onNotification<Params>(type: NotificationType<Params>, listener: (params: Params) => void): void {
    this.#register(client => client.onNotification(type.method, listener));
  }

  /** For the whole life of the extension, whatever becomes of the server. */
  onRequest<Params, Result>(
    type: RequestType<Params, Result>,
    handler: (params: Params) => Promise<Result>,
  ): void {
    this.#register(client => client.onRequest<unknown, void>(type.method, handler));
  }

  dispose(): void {
    this.#started.dispose();
  }

  #register(registration: Registration): void {
    this.#registrations.push(registration);
    if (this.#client !== undefined) registration(this.#client);
  }

  async #launch(): Promise<LanguageClient> {
    // The activation ends before the library is loaded.
    await new Promise(setImmediate);
    const begin = performance.now();
    try {
      const client = await this.#open();
      client.clientOptions.initializationOptions = this.#options.clientOptions();
      await client.start();
      this.#options.log.info(`The server answered after ${Math.round(performance.now() - begin)} ms.`);
      return client;
    } catch (error) {
      this.#start = undefined;
      throw new ServerError(`The language server did not start: ${messageOf(error)}. The log says more.`);
    }
  }

  async #open(): Promise<LanguageClient> {
    if (this.#client !== undefined) return this.#client;
    const { createClient } = await import('./create-client.ts');
    const { script, log } = this.#options;
    const client = createClient({ script, log, onStateChanged: running => this.#noteState(running) });
    for (const registration of this.#registrations) registration(client);
    this.#client = client;
    return client;
  }

  #noteState(running: boolean): void {
    this.#running = running;
    if (running) this.#started.fire();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
