// What the client was told, and a way to wait for a certain message.
import type { PoolsSnapshot } from '../../../../src/protocol/pools.ts';
import { type PoolsNews, withNews } from '../../../../src/protocol/pools-news.ts';

export class Told<Message> {
  readonly messages: Message[] = [];
  readonly #waiting: {
    readonly wanted: (message: Message) => boolean;
    readonly resolve: (message: Message) => void;
  }[] = [];

  readonly tell = (message: Message): void => {
    this.messages.push(message);
    for (const { wanted, resolve } of this.#waiting) if (wanted(message)) resolve(message);
  };

  /** Resolves with the newest message if it is the wanted one, else with the next that is. */
  next(wanted: (message: Message) => boolean): Promise<Message> {
    const latest = this.messages.at(-1);
    if (latest !== undefined && wanted(latest)) return Promise.resolve(latest);
    return new Promise(resolve => this.#waiting.push({ wanted, resolve }));
  }
}

/** The pools as a client has them after each news. */
export class ToldPools extends Told<PoolsSnapshot> {
  readonly hear = (news: PoolsNews): void =>
    this.tell(withNews(this.messages.at(-1) ?? { connections: [] }, news));
}
