/** What opens a session to read or to write: dependencies of FastAPI, or context managers. */
import type { SplitAccess } from './split-access.ts';

/** Who has written is known by a cookie: the next request may come to another process. */
export function requestSource({ primary, replica, dependency }: SplitAccess): string {
  return `
# Longer than the replica lags behind.
PIN_SECONDS = 5
PIN_COOKIE = "pinned_to_primary"


${head('async def get_read_session', ['request: Request', dependency], 'AsyncIterator[AsyncSession]')}
    """Yield a session that reads: on the primary for who has just written."""
    pinned = PIN_COOKIE in request.cookies
    factory = ${primary} if pinned else ${replica}
    async with factory() as session:
        yield session


${head('async def get_write_session', ['response: Response', dependency], 'AsyncIterator[AsyncSession]')}
    """Yield a session on the primary, as for the client's next reads."""
    response.set_cookie(
        PIN_COOKIE,
        "1",
        max_age=PIN_SECONDS,
        secure=True,
        httponly=True,
        samesite="lax",
    )
    async with ${primary}() as session:
        yield session


ReadSession = Annotated[AsyncSession, Depends(get_read_session)]
WriteSession = Annotated[AsyncSession, Depends(get_write_session)]
`;
}

/** Who has written is known for the task, or the thread. */
export function taskSource({ primary, replica, given }: SplitAccess, generator: string): string {
  const parameters = given === '' ? [] : given.split(', ');
  return `
_has_written: ContextVar[bool] = ContextVar("has_written", default=False)


@asynccontextmanager
${head('async def read_session', parameters, generator)}
    """Open a session that reads: on the primary once this task has written."""
    pinned = _has_written.get()
    factory = ${primary} if pinned else ${replica}
    async with factory() as session:
        yield session


@asynccontextmanager
${head('async def write_session', parameters.slice(1), generator)}
    """Open a session on the primary, as for this task's later reads."""
    _has_written.set(True)
    async with ${primary}() as session:
        yield session
`;
}

function head(start: string, parameters: readonly string[], returns: string): string {
  const written = parameters.filter(each => each !== '');
  return `${start}(${written.join(', ')}) -> ${returns}:`;
}
