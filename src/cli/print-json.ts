/** JSON for programs: one document, two spaces, a final line feed. */
import type { Writable } from 'node:stream';

export function printJson(output: Writable, value: unknown): void {
  output.write(`${JSON.stringify(value, null, 2)}\n`);
}
