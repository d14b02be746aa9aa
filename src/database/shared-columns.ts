/** Result columns that many verdicts have alike are kept once: most statements of a table ask for all of its columns. */
import type { ResultColumn, Verdict } from './verdict.ts';

export class SharedColumns {
  readonly #known = new Map<string, readonly ResultColumn[]>();

  /** The same verdict, whose columns may be those of an earlier one. */
  in(verdict: Verdict): Verdict {
    if (verdict.kind !== 'ok' || verdict.columns.length === 0) return verdict;
    const key = JSON.stringify(verdict.columns);
    const known = this.#known.get(key);
    if (known !== undefined) return { ...verdict, columns: known };
    this.#known.set(key, verdict.columns);
    return verdict;
  }

  clear(): void {
    this.#known.clear();
  }
}
