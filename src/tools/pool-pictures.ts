/**
 * `node src/tools/pool-pictures.ts [FOLDER]` after `npm run build`: the panel of pools beside pg_activity and PgBouncer's own console under
 * one load, and each state of the panel, as pictures to look at. The load is 200 clients of pgbench through a PgBouncer, and sessions that wait for each
 * other. What is not installed (pgbench, pg_activity, psql, tmux) is left out, and said.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Browser } from 'playwright-core';
import { silentLogger } from '../base/logger.ts';
import type { PoolsSnapshot } from '../protocol/pools.ts';
import { wholeNews, withNews } from '../protocol/pools-news.ts';
import { LiveServices } from '../server/live/live-services.ts';
import { noLiveFacts } from '../server/live/ports.ts';
import { pgBouncer } from './bootstrap-pgbouncer.ts';
import { run } from './command.ts';
import { type PgBouncer, startPgBouncer } from './pgbouncer.ts';
import { panelThemes, picturePage } from './pictures/panel-page.ts';
import { panelStates } from './pictures/panel-states.ts';
import { pictureBrowser } from './pictures/picture-browser.ts';
import { terminalPicture } from './pictures/terminal.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { Service } from './service.ts';

const root = join(import.meta.dirname, '..', '..');
const output = resolve(process.argv[2] ?? join(root, 'test', 'output', 'pools'));
const watchedSeconds = 40;

await mkdir(output, { recursive: true });
await using server = await startPostgres({ settings: { max_connections: '300' } });
const program = await pgBouncer();
if (program === undefined) throw new Error('There is no PgBouncer here.');
const settings = { pool_mode: 'transaction', default_pool_size: '20', max_client_conn: '400' };
await using bouncer = await startPgBouncer({ program, serverUrl: server.url, settings });
await using _load = await startLoad(server, bouncer);
const snapshot = await watch([
  { url: server.url, name: 'shop' },
  { url: bouncer.url('pgbouncer'), name: 'pooler' },
]);
const browser = await pictureBrowser();
try {
  await photographPanels(browser, snapshot);
  await photographStates(browser);
  await photographPeers(browser);
} finally {
  await browser.close();
}
process.stdout.write(`Pictures in ${output}\n`);

/** Sessions that hold and wait for a lock are the load's too, so that there is something to see. */
async function startLoad({ url }: PostgresServer, pooler: PgBouncer): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const initialized = await run('pgbench', ['--initialize', '--scale=4', '--quiet', url]).catch(() => null);
  if (initialized?.code === 0) {
    const parameters = ['--client=200', '--jobs=2', '--time=600', '--rate=400', pooler.url('postgres')];
    stack.use(new Service('pgbench', parameters, { name: 'pgbench', cwd: root }));
  } else process.stdout.write('pgbench is not installed: there is no load.\n');
  for (const [application, statement] of [
    ['shop-worker', 'LOCK TABLE pg_catalog.pg_statistic_ext_data IN ACCESS EXCLUSIVE MODE'],
    ['shop-api', 'SELECT count(*) FROM pg_catalog.pg_statistic_ext_data'],
    ['shop-api', 'SELECT count(*), max(stxoid) FROM pg_catalog.pg_statistic_ext_data'],
  ] as const) {
    const client = new Client({ connectionString: url, application_name: application });
    client.on('error', () => {});
    await client.connect();
    await client.query('BEGIN');
    const asked = client.query(statement).catch(() => {});
    if (application === 'shop-worker') await asked;
    stack.defer(() => client.end());
  }
  const kept = stack.move();
  return { [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

interface Named {
  readonly url: string;
  readonly name: string;
}

interface Seen {
  readonly snapshot: PoolsSnapshot;
  readonly past: Readonly<Record<string, unknown>>;
}

async function watch(named: readonly Named[]): Promise<Seen> {
  let newest: PoolsSnapshot = { connections: [] };
  const services = new LiveServices(
    {
      logger: silentLogger,
      code: { ofStatement: () => null, ofPath: () => null },
      askPassword: async () => null,
      connectionsChanged() {},
      poolsChanged: news => {
        newest = withNews(newest, news);
      },
      migrationsChanged() {},
      tableSizesRead() {},
    },
    { environment: {}, readServices: () => ({}) },
  );
  services.setTrusted(true);
  const origin = { kind: 'settings', label: 'settings', place: null } as const;
  const connections = named.map(each => ({ ...each, origin, folder: root }));
  services.update({ ...noLiveFacts, connections });
  services.watchPools(1000);
  await delay(watchedSeconds * 1000);
  const past = newest.connections.map(({ id }) => [id, services.pastFigures(id)] as const);
  await services.dispose();
  return { snapshot: newest, past: Object.fromEntries(past) };
}

async function photographPanels(window: Browser, { snapshot, past }: Seen): Promise<void> {
  for (const theme of panelThemes) {
    for (const { id, label } of snapshot.connections) {
      const page = await window.newPage({ viewport: { width: 1440, height: 900 } });
      const news = wholeNews(snapshot);
      await page.setContent(
        await picturePage({ root, theme, state: { connection: id }, data: { news, past, threshold: 0.8 } }),
      );
      await page.screenshot({ path: join(output, `panel-${label}-${theme}.png`) });
      await page.close();
    }
  }
}

async function photographStates(window: Browser): Promise<void> {
  const page = await window.newPage({ viewport: { width: 1200, height: 900 } });
  for (const [name, data] of Object.entries(panelStates())) {
    for (const theme of panelThemes) {
      await page.setContent(await picturePage({ root, theme, state: {}, data }));
      await page.locator('main > *').first().waitFor();
      await page.screenshot({ path: join(output, `state-${name}-${theme}.png`) });
    }
  }
  await page.close();
}

async function photographPeers(window: Browser): Promise<void> {
  const { hostname, port, username, password } = new URL(server.url);
  const console = `psql ${bouncer.url('pgbouncer')} --command='SHOW POOLS' --command='SHOW STATS' --command='SHOW SERVERS' --command='SHOW LISTS'`;
  for (const [name, command] of [
    ['pg_activity', `pg_activity --host=${hostname} --port=${port} --username=${username} --dbname=postgres`],
    ['pgbouncer-console', `${console}; sleep 20`],
  ] as const) {
    const html = await terminalPicture(command, { PGPASSWORD: password, PAGER: '' }, 8);
    if (html === null) {
      process.stdout.write(`${name} could not be shown: tmux or the program is missing.\n`);
      continue;
    }
    const page = await window.newPage({ viewport: { width: 1440, height: 900 } });
    await page.setContent(html);
    await page.screenshot({ path: join(output, `${name}.png`) });
    await page.close();
  }
}
