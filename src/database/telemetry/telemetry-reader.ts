/** All processes that tell of their pools, read together; who asks at the same moment shares one answer. */
import type { PoolTelemetry } from './pool-telemetry.ts';
import { readTelemetry } from './read-telemetry.ts';
import { findTelemetry, type TelemetrySource, telemetryFolder } from './telemetry-sources.ts';

export interface TelemetryPlaces {
  /** For `DATABASE_PATTERNS_TELEMETRY`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Addresses to GET. */
  readonly routes: readonly string[];
}

/** Milliseconds within which an answer serves all who ask. */
const sharedFor = 200;
/** The folder is looked through so often at most: a process that begins is seen a moment later. */
const searchedEach = 1000;

export class TelemetryReader {
  readonly #places: () => TelemetryPlaces;
  #found: { readonly at: number; readonly sources: Promise<readonly TelemetrySource[]> } | null = null;
  #latest: { readonly at: number; readonly answer: Promise<readonly PoolTelemetry[]> } | null = null;

  /** `places` is asked each time: settings change. */
  constructor(places: () => TelemetryPlaces) {
    this.#places = places;
  }

  /** What answers in time, in the order of process ids. Never throws. */
  read(): Promise<readonly PoolTelemetry[]> {
    const now = performance.now();
    if (this.#latest === null || now - this.#latest.at > sharedFor) {
      this.#latest = { at: now, answer: this.#readAll() };
    }
    return this.#latest.answer;
  }

  async #readAll(): Promise<readonly PoolTelemetry[]> {
    const { environment, routes } = this.#places();
    const sockets = await this.#sockets(environment);
    const named = routes.map((url): TelemetrySource => ({ kind: 'route', url }));
    const answers = await Promise.all([...sockets, ...named].map(source => readTelemetry(source)));
    return answers.filter(answer => answer !== null).sort((a, b) => a.process.pid - b.process.pid);
  }

  #sockets(environment: TelemetryPlaces['environment']): Promise<readonly TelemetrySource[]> {
    const now = performance.now();
    if (this.#found === null || now - this.#found.at > searchedEach)
      this.#found = { at: now, sources: findTelemetry(telemetryFolder(environment)) };
    return this.#found.sources;
  }
}
