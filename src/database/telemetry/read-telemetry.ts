/** Asks one process for its pools: connects to its socket and reads to the end, or gets its route. */
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { type PoolTelemetry, readPoolTelemetry } from './pool-telemetry.ts';
import type { TelemetrySource } from './telemetry-sources.ts';

/** A process on this machine answers in a millisecond; one that is stopped in a debugger never does. */
const timeoutMs = 500;

/** Null where nothing answers in time, or not in the format: a process that ended leaves its socket behind. Never throws. */
export async function readTelemetry(
  source: TelemetrySource,
  signal?: AbortSignal,
): Promise<PoolTelemetry | null> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const answer =
      source.kind === 'socket' ? await readSocket(source.path, ended) : await getRoute(source.url, ended);
    return readPoolTelemetry(answer);
  } catch {
    return null;
  }
}

async function readSocket(path: string, signal: AbortSignal): Promise<string> {
  const socket = createConnection(path);
  const abort = () => socket.destroy(new Error('no answer in time'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await text(socket);
  } finally {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}

async function getRoute(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal, redirect: 'error' });
  return response.text();
}
