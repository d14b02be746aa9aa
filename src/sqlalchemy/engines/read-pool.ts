/** Pool settings of an engine: SQLAlchemy's defaults where nothing is given, null where it is given but not constant. */
import type { EngineFact, PoolSettings } from '../engine.ts';
import type { CallArguments } from '../reading/arguments.ts';
import { constantOf } from '../reading/constants.ts';
import { followReference } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';

export interface PoolContext {
  readonly kind: EngineFact['kind'];
  readonly url: string | null;
  readonly site: Site;
}

export function readPool(given: CallArguments, context: PoolContext): PoolSettings {
  const number = (name: string, fallback: number) => numberOf(given, name, fallback, context.site);
  const prePing = given.keywords.get('pool_pre_ping');
  const ping = prePing && constantOf(prePing, context.site);
  return {
    className: poolClass(given, context),
    size: number('pool_size', 5),
    maxOverflow: number('max_overflow', 10),
    timeout: number('pool_timeout', 30),
    recycle: number('pool_recycle', -1),
    prePing: prePing ? (typeof ping === 'boolean' ? ping : null) : given.open ? null : false,
  };
}

function numberOf(given: CallArguments, name: string, fallback: number, site: Site): number | null {
  const expression = given.keywords.get(name);
  if (!expression) return given.open ? null : fallback;
  const value = constantOf(expression, site);
  // `engine_from_config()` takes numbers as text.
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : null;
}

/** The default depends on the dialect: SQLite in memory and SQLite in a file have pools of their own. */
function poolClass(given: CallArguments, { kind, url, site }: PoolContext): string | null {
  const written = given.keywords.get('poolclass');
  if (written) {
    const reference = followReference(written, site);
    return reference.kind === 'library' ? reference.name : null;
  }
  if (given.open || given.keywords.has('pool')) return null;
  if (url === null || !url.startsWith('sqlite'))
    return kind === 'async' ? 'AsyncAdaptedQueuePool' : 'QueuePool';
  const memory = /^sqlite(\+\w+)?:\/\/(\/?|\/:memory:)(\?|$)/.test(url);
  if (memory) return kind === 'async' ? 'StaticPool' : 'SingletonThreadPool';
  return kind === 'async' ? 'AsyncAdaptedQueuePool' : 'QueuePool';
}
