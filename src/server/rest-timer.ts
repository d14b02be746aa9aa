/** Work for when nothing has changed for a while, and not often: it holds up the answer to whatever comes next. */
export class RestTimer {
  readonly #work: () => void;
  #timer: NodeJS.Timeout | undefined;
  #doneAt = Number.NEGATIVE_INFINITY;

  constructor(work: () => void) {
    this.#work = work;
  }

  begin(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    const delay = Math.max(restMs, this.#doneAt + apartMs - now);
    this.#timer = setTimeout(() => {
      this.#doneAt = performance.now();
      this.#work();
    }, delay);
    // Nobody is kept waiting for it at the end.
    this.#timer.unref();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

export const restMs = 20_000;
export const apartMs = 300_000;
