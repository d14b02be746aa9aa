/** The engine and the sessions of the replica: made along with the module, or when they are first asked for. */
import type { SplitAccess } from './split-access.ts';

export function replicaSource(access: SplitAccess, concurrency: 'sync' | 'async'): string {
  const options = concurrency === 'async' ? ', expire_on_commit=False' : '';
  return access.engine === null ? later(access, options) : atOnce(access, access.engine, options);
}

const engineOptions = (indent: string): string =>
  [
    'pool_size=5,',
    'max_overflow=5,',
    'pool_timeout=10,',
    'pool_recycle=1800,',
    'pool_pre_ping=True,',
    '# A write that was sent here by mistake fails, on the primary too.',
    'execution_options={"postgresql_readonly": True},',
  ]
    .map(line => indent + line)
    .join('\n');

function atOnce({ makesPrimary }: SplitAccess, engine: string, options: string): string {
  const primary = makesPrimary ? `\nprimary_session_factory = async_sessionmaker(${engine}${options})` : '';
  return `
def replica_url() -> URL:
    """Return what REPLICA_DATABASE_URL names, else the primary."""
    named = os.environ.get("REPLICA_DATABASE_URL")
    if named is None:
        return ${engine}.url
    # The driver of the primary, whatever a host writes into its URLs.
    return make_url(named).set(drivername=${engine}.url.drivername)


replica_engine = create_async_engine(
    replica_url(),
${engineOptions('    ')}
)
replica_session_factory = async_sessionmaker(replica_engine${options})${primary}`.trimStart();
}

/** The primary's engine is not there yet when the module is imported. */
function later({ makesPrimary }: SplitAccess, options: string): string {
  const primary = makesPrimary
    ? `

@cache
def primary_sessions(primary: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Return what makes the sessions of the primary."""
    return async_sessionmaker(primary${options})
`
    : '';
  return `
def replica_url(primary: AsyncEngine) -> URL:
    """Return what REPLICA_DATABASE_URL names, else the primary."""
    named = os.environ.get("REPLICA_DATABASE_URL")
    if named is None:
        return primary.url
    # The driver of the primary, whatever a host writes into its URLs.
    return make_url(named).set(drivername=primary.url.drivername)


@cache
def replica_engine(primary: AsyncEngine) -> AsyncEngine:
    """Return the replica of the primary, the same one each time."""
    return create_async_engine(
        replica_url(primary),
${engineOptions('        ')}
    )


@cache
def replica_sessions(primary: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Return what makes the sessions of the replica."""
    return async_sessionmaker(replica_engine(primary)${options})
${primary}`.trimStart();
}
