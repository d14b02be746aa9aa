/** Templates are written for asyncio; this is the same code for Session. What cannot be translated word by word is not written in them. */

/** Names of SQLAlchemy's asyncio extension and of Python, and those that take their place without asyncio. */
const counterparts: readonly (readonly [string, string])[] = [
  ['AsyncSessionTransaction', 'SessionTransaction'],
  ['async_sessionmaker', 'sessionmaker'],
  ['create_async_engine', 'create_engine'],
  ['asynccontextmanager', 'contextmanager'],
  ['async_engine_from_config', 'engine_from_config'],
  ['AsyncExitStack', 'ExitStack'],
  ['AsyncConnection', 'Connection'],
  ['AsyncGenerator', 'Generator'],
  ['AsyncIterator', 'Iterator'],
  ['AsyncIterable', 'Iterable'],
  ['AsyncSession', 'Session'],
  ['AsyncEngine', 'Engine'],
  ['__aenter__', '__enter__'],
  ['__aexit__', '__exit__'],
  ['asyncio.sleep', 'time.sleep'],
];

/** Where the counterpart is imported from, when that is not the asyncio module's plain twin. */
const homes: ReadonlyMap<string, string> = new Map([
  ['SessionTransaction', 'sqlalchemy.orm'],
  ['Session', 'sqlalchemy.orm'],
  ['sessionmaker', 'sqlalchemy.orm'],
  ['create_engine', 'sqlalchemy'],
  ['engine_from_config', 'sqlalchemy'],
  ['Engine', 'sqlalchemy'],
  ['Connection', 'sqlalchemy'],
]);

export function toSync(code: string): string {
  const plain = code
    .replaceAll(/await asyncio\.shield\(([\w.]+\(\))\)/g, '$1')
    .replaceAll(/\(await ([^()]*\((?:[^()]|\([^()]*\))*\))\)/g, '$1')
    .replaceAll(/\bawait /g, '')
    .replaceAll(/\basync (def|with|for)\b/g, '$1');
  return counterparts.reduce(
    (text, [from, to]) => text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to),
    plain,
  );
}

/** The module that offers a name of the translated code. */
export function syncModule(module: string, name: string): string {
  return module.startsWith('sqlalchemy.ext.asyncio') ? (homes.get(name) ?? 'sqlalchemy') : module;
}

export function syncName(name: string): string {
  return counterparts.find(([from]) => from === name)?.[1] ?? name;
}
