/** How the sessions of both databases are had, wherever the project keeps its engine. */
import type { Reach } from '../module-scaffold.ts';

export interface SplitAccess {
  /** The primary's engine, where the module can have it as it is imported; null where it is had later. */
  readonly engine: string | null;
  /** Expressions of the primary's session factory and the replica's. */
  readonly primary: string;
  readonly replica: string;
  /** True where the module makes the primary's session factory itself. */
  readonly makesPrimary: boolean;
  /** True for FastAPI's dependencies, false for context managers. */
  readonly byRequest: boolean;
  /** A parameter of the dependencies that FastAPI fills in; empty for none. */
  readonly dependency: string;
  /** Parameters that whoever opens a session to read fills in; empty for none. */
  readonly given: string;
  /** What opens sessions. */
  readonly opens: readonly string[];
}

export function splitAccess(reach: Reach, usesFastapi: boolean): SplitAccess {
  const common = {
    makesPrimary: false,
    byRequest: usesFastapi,
    dependency: '',
    given: '',
    opens: usesFastapi ? ['get_read_session', 'get_write_session'] : ['read_session', 'write_session'],
  };
  if (reach.kind === 'imported') {
    const { engine, factory } = reach;
    const isVariable = engine.expression === engine.from.name;
    return {
      ...common,
      engine: isVariable ? engine.expression : null,
      primary:
        factory?.expression ??
        (isVariable ? 'primary_session_factory' : `primary_sessions(${engine.expression})`),
      replica: isVariable ? 'replica_session_factory' : `replica_sessions(${engine.expression})`,
      makesPrimary: factory === null,
    };
  }
  const { keeper } = reach;
  if (keeper && usesFastapi)
    return {
      ...common,
      engine: null,
      primary: `database.${keeper.factory}`,
      replica: `replica_sessions(database.${keeper.engine})`,
      dependency: `database: Annotated[${keeper.type.name}, Depends(${keeper.name})]`,
    };
  return {
    ...common,
    engine: null,
    primary: 'sessions',
    replica: 'replica_sessions(primary)',
    byRequest: false,
    given: 'primary: AsyncEngine, sessions: async_sessionmaker[AsyncSession]',
    opens: ['read_session', 'write_session'],
  };
}
