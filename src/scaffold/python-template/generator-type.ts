/** What a generator function that is made a context manager is said to return. */
import type { CodeStyle } from '../project-facts.ts';

/** Python 3.13 and later know the defaults of what is neither sent nor returned. */
export function generatorType(yielded: string, concurrency: 'sync' | 'async', { python }: CodeStyle): string {
  if (concurrency === 'async')
    return python < 313 ? `AsyncGenerator[${yielded}, None]` : `AsyncGenerator[${yielded}]`;
  return python < 313 ? `Generator[${yielded}, None, None]` : `Generator[${yielded}]`;
}
