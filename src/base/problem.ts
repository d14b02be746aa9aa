/** What a reader did not understand. Readers return what they understood plus problems, and never throw. */
import type { TextRange } from './range.ts';

export interface Problem {
  /** Stable identifier in kebab case, such as `unreadable-file`. */
  readonly code: string;
  readonly message: string;
  readonly range?: TextRange;
}
