/**
 * `node watching-process.ts URL…`: watches these servers at one second, as the extension's server does, and prints what
 * part of a core that takes, from 0 to 1. A process of its own, since in that of the load its sessions would count, too.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { LiveServices } from '../../server/live/live-services.ts';
import { noLiveFacts } from '../../server/live/ports.ts';

/** Milliseconds: opening sessions and a cold compiler are no part of it. */
const warmUpMs = 5000;
const watchedMs = 10_000;
/** The middle one is told: a collection of garbage falls into one of them at times. */
const spans = 3;

const services = new LiveServices(
  {
    logger: { info() {}, warn() {}, error() {} },
    code: { ofStatement: () => null, ofPath: () => null },
    askPassword: async () => null,
    connectionsChanged() {},
    // As it goes to the client.
    poolsChanged: news => JSON.stringify(news),
    migrationsChanged() {},
    tableSizesRead() {},
  },
  { environment: {}, readServices: () => ({}) },
);
const origin = { kind: 'settings', label: 'settings', place: null } as const;
const connections = process.argv.slice(2).map(url => ({ url, name: url, origin, folder: '/' }));
services.setTrusted(true);
services.update({ ...noLiveFacts, connections });
services.watchPools(1000);
await delay(warmUpMs);
const shares: number[] = [];
for (let span = 0; span < spans; span++) {
  const before = process.cpuUsage();
  await delay(watchedMs);
  const { user, system } = process.cpuUsage(before);
  shares.push((user + system) / 1000 / watchedMs);
}
await services.dispose();
process.stdout.write(String(shares.sort((a, b) => a - b)[1]));
