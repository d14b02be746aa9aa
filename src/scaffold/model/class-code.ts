/** Code while it is being rendered: lines and the imports that they need. */
import type { ImportNeed } from '../python-code/import-need.ts';

export interface ClassCode {
  readonly lines: readonly string[];
  readonly imports: readonly ImportNeed[];
}

export function joinCode(parts: readonly ClassCode[]): ClassCode {
  return { lines: parts.flatMap(part => part.lines), imports: parts.flatMap(part => part.imports) };
}
