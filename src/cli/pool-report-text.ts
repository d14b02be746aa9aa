/** One observation of pools as tables for a terminal. */
import { visibleText } from '../base/visible-text.ts';
import { bouncerApplications } from '../database/bouncer/bouncer-applications.ts';
import { bouncerNotes } from '../database/bouncer/bouncer-notes.ts';
import type { BouncerPool, BouncerReport } from '../database/bouncer/bouncer-report.ts';
import type { PoolObservation, PoolReport } from '../database/pools.ts';
import { unavailableText } from '../database/unavailable-text.ts';
import type { PoolPicture } from './pool-sources.ts';
import { textTable } from './text-table.ts';

/** Where an engine is made, and with what settings; null where that was not read. */
export type EngineText = (location: NonNullable<PoolObservation['engine']>['location']) => string | null;

/** As the Pools view has them. */
export function poolPictureText({ own, bouncer }: PoolPicture, engineText: EngineText = () => null): string {
  const parts = [own && serverText(own, engineText), bouncer && bouncerText(bouncer)];
  return parts
    .filter(part => part !== null)
    .map(lines => `${lines.join('\n')}\n\n`)
    .join('');
}

const header = [
  'application',
  'in use',
  'idle in tx',
  'idle',
  'lock waits',
  'pool waits',
  'sessions',
  'limit',
  'oldest tx',
];

function serverText(report: PoolReport, engineText: EngineText): readonly string[] {
  const { server } = report;
  const others = server.used - server.ours - report.pools.reduce((sum, { sessions }) => sum + sessions, 0);
  const elsewhere = others > 0 ? `, ${others} in other databases` : '';
  const of = server.available === null ? '' : ` of ${server.available}`;
  const limit = server.maxConnections === null ? '' : `max_connections ${server.maxConnections}, `;
  const title = `${report.at}  ${report.database}: ${server.used}${of} connections used (${limit}${server.ours} ours${elsewhere})`;
  const table = textTable([header, ...report.pools.map(row)]);
  const engines = report.pools.flatMap(pool => {
    const text = pool.engine && engineText(pool.engine.location);
    return text === null ? [] : [`${nameOf(pool.application)} is made at ${text}`];
  });
  const missing = report.unavailable.map(part => unavailableText[part]);
  return [title, ...missing, ...table, ...engines, ...warningLines([server, ...report.pools])];
}

function row(pool: PoolObservation): readonly string[] {
  return [
    nameOf(pool.application),
    String(pool.inUse),
    String(pool.idleInTransaction),
    String(pool.idle),
    String(pool.waitingForLock),
    // Only the processes themselves know who waits for a connection of the pool.
    pool.told?.waiting === undefined || pool.told.waiting === null ? '–' : String(pool.told.waiting),
    String(pool.sessions),
    pool.limit === null ? '–' : String(pool.limit.total),
    pool.oldestTransaction === null ? '–' : `${pool.oldestTransaction.toFixed(1)} s`,
  ];
}

function nameOf(application: string): string {
  return application === '' ? '(no application name)' : visibleText(application);
}

const bouncerHeader = [
  'database/user',
  'mode',
  'clients active',
  'waiting',
  'longest wait',
  'servers in use',
  'idle',
  'limit',
];

function bouncerText(report: BouncerReport): readonly string[] {
  const title = `${report.at}  PgBouncer ${report.version}: ${report.clients.length} of ${report.limits.maxClientConnections ?? '?'} clients`;
  return [
    title,
    ...bouncerNotes(report),
    ...textTable([bouncerHeader, ...report.pools.map(bouncerRow)]),
    ...warningLines(report.pools),
    ...clientLines(report),
  ];
}

const clientHeader = ['client', 'address', 'clients', 'on a server', 'waiting', 'longest wait'];

function clientLines({ clients }: BouncerReport): readonly string[] {
  if (clients.length === 0) return [];
  const rows = bouncerApplications(clients).map(({ application, address, ...figures }) => [
    nameOf(application),
    address ?? 'Unix socket',
    String(figures.clients),
    String(figures.linked),
    String(figures.waiting),
    `${figures.longestWait.toFixed(1)} s`,
  ]);
  return textTable([clientHeader, ...rows]);
}

function bouncerRow(pool: BouncerPool): readonly string[] {
  return [
    visibleText(`${pool.database}/${pool.user}`),
    pool.mode,
    String(pool.clientsActive),
    String(pool.clientsWaiting),
    `${pool.longestWait.toFixed(1)} s`,
    String(pool.serversActive),
    String(pool.serversIdle),
    pool.limit === null ? '–' : String(pool.limit),
  ];
}

interface Warned {
  readonly warnings: readonly { readonly message: string }[];
}

function warningLines(subjects: readonly Warned[]): readonly string[] {
  return subjects.flatMap(({ warnings }) => warnings.map(({ message }) => `! ${message}`));
}
