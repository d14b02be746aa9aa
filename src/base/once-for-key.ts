/** A function of a key that is worked out once for each key. */
export function onceForKey<Result>(work: (key: string) => Result): (key: string) => Result {
  const known = new Map<string, Result>();
  return key => {
    const result = known.has(key) ? (known.get(key) as Result) : work(key);
    known.set(key, result);
    return result;
  };
}
