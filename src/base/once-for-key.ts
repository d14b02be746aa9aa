/** A function of a key that is worked out once for each key, from what the key stands for. */
export function onceForKey<Result, Parts extends readonly unknown[] = [], Key = string>(
  work: (key: Key, ...parts: Parts) => Result,
): (key: Key, ...parts: Parts) => Result {
  const known = new Map<Key, Result>();
  return (key, ...parts) => {
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found as Result;
    const result = work(key, ...parts);
    known.set(key, result);
    return result;
  };
}
