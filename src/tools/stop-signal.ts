/** When a long-running tool has to stop: somebody pressed Ctrl-C, closed the terminal, or ended the process above. */

const PARENT_POLL_MS = 1000;

/** Aborted once, at the first such event; later ones change nothing, as stopping is already under way. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new StoppedError());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_POLL_MS);
  watch.unref();
  return controller.signal;
}

/** The reason of the signal: not a failure, but the end that was asked for. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  constructor() {
    super('Stopped.');
  }
}

export const STOPPED_EXIT_CODE = 130;
