/** Engines and session factories that code creates, with their pool settings as far as they are literal. */
import type { SourceLocation } from './model.ts';

export interface EngineFact {
  readonly kind: 'sync' | 'async';
  /** The `create_engine(…)` call. */
  readonly location: SourceLocation;
  /** Variable or attribute that holds it; null where it is not kept. */
  readonly name: string | null;
  /** The URL where it is constant, passwords included: never log it. */
  readonly url: string | null;
  /** The URL's expression as written. */
  readonly urlText: string;
  /** From the URL where known: `postgresql+asyncpg`. */
  readonly driver: string | null;
  readonly pool: PoolSettings;
  /** `application_name` from connect_args, server_settings or the URL. */
  readonly applicationName: string | null;
  readonly echo: boolean;
}

/** Null where the argument stands there but is not constant. SQLAlchemy's defaults are filled in. */
export interface PoolSettings {
  /** `QueuePool`, `NullPool`, `StaticPool`, …; the default of the engine's kind and dialect where not given. */
  readonly className: string | null;
  readonly size: number | null;
  readonly maxOverflow: number | null;
  /** Seconds. */
  readonly timeout: number | null;
  /** Seconds; -1 for never. */
  readonly recycle: number | null;
  readonly prePing: boolean | null;
}

export interface SessionFactoryFact {
  readonly kind: 'sync' | 'async';
  readonly location: SourceLocation;
  readonly name: string | null;
  readonly expireOnCommit: boolean | null;
}
