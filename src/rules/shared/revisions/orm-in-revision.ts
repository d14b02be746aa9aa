/** Revisions that move rows through an ORM session: what it writes when it is flushed is not among the operations. */
import type { RevisionContext } from '../../rule.ts';

export function usesOrmSession({ file }: RevisionContext): boolean {
  return /\bSession\(|sessionmaker\(|session\.(?:commit|flush)\(/i.test(file.text);
}
