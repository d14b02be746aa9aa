// The pools of one server under watch, as the view is told of them.
import type { PoolReading, PoolsSnapshot } from '../../../../src/protocol/pools.ts';
import { LiveServices } from '../../../../src/server/live/live-services.ts';
import { Told } from './told.ts';

export const readingOf = ({ connections }: PoolsSnapshot): PoolReading | undefined =>
  connections[0]?.observation;
export const isFailed = (snapshot: PoolsSnapshot) => readingOf(snapshot)?.kind === 'failed';
export const isObserved = (snapshot: PoolsSnapshot) => readingOf(snapshot)?.kind === 'observed';

export function watch(url: string) {
  const pools = new Told<PoolsSnapshot>();
  const services = new LiveServices(
    {
      logger: { info() {}, warn() {}, error() {} },
      code: { ofStatement: () => null, ofPath: () => null },
      askPassword: async () => null,
      connectionsChanged() {},
      poolsChanged: pools.tell,
      migrationsChanged() {},
    },
    { environment: {}, services: {} },
  );
  const origin = { kind: 'settings', label: 'settings', place: null } as const;
  const connections = [{ url, name: 'shop', origin, folder: '/' }];
  services.setTrusted(true);
  services.update({ connections, pools: [], environments: [], telemetry: [], checkConnection: null });
  services.watchPools(250);
  return { pools, services, [Symbol.asyncDispose]: () => services.dispose() };
}
