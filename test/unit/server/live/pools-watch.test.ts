// Several connections under watch: what is told of each, and what is forgotten with one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PoolsNews, withNews } from '../../../../src/protocol/pools-news.ts';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { testDatabase } from '../../../postgres.ts';
import { Told } from './told.ts';
import { found, liveServices } from './watched.ts';

test('only what changed is told; a connection that is gone is forgotten with its history', async () => {
  await using database = await testDatabase();
  const news = new Told<PoolsNews>();
  await using services = liveServices({ poolsChanged: news.tell });
  const [here, there] = [found(database.url, 'here'), found('postgresql://127.0.0.1:1/nothing', 'there')];
  services.update({ ...noLiveFacts, connections: [here, there] });
  services.watchPools(250);
  const first = await news.next(({ changed }) => changed.some(each => each.observation.kind === 'observed'));
  assert.deepEqual([first.order.length, first.changed.map(({ label }) => label)], [2, ['here']]);
  const [id = '', other = ''] = first.order;
  const all = news.messages.reduce(withNews, { connections: [] });
  assert.deepEqual(
    all.connections.map(each => each.id),
    [id, other],
  );
  assert.ok(services.pastFigures(id).length > 0);

  services.update({ ...noLiveFacts, connections: [there] });
  assert.deepEqual(services.pastFigures(id), []);
  assert.deepEqual(news.messages.at(-1)?.order, [other]);
});
