/** By what content is known again. */
import { createHash } from 'node:crypto';

/** SHA-256, in hexadecimal. The same for a text and for its bytes in UTF-8. */
export function contentDigest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
