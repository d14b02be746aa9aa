/** What tells one build of a program from another: what the one has kept on disk may be wrong for the other. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Of built programs, by their content; null where one runs from its sources, of which it is one of many. */
export function programStamp(programs: readonly string[]): string | null {
  if (programs.some(path => path.endsWith('.ts'))) return null;
  try {
    const hash = createHash('sha256').update(process.version);
    for (const path of programs) hash.update(readFileSync(path));
    return hash.digest('hex');
  } catch {
    return null;
  }
}
