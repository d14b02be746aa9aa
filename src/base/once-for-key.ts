/** A function of a key that is worked out once for each key, from what the key stands for. */
export function onceForKey<Result, Parts extends readonly unknown[] = []>(
  work: (key: string, ...parts: Parts) => Result,
): (key: string, ...parts: Parts) => Result {
  const known = new Map<string, Result>();
  return (key, ...parts) => {
    const result = known.has(key) ? (known.get(key) as Result) : work(key, ...parts);
    known.set(key, result);
    return result;
  };
}
