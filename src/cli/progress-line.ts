/** One line of a terminal that says what takes its time, and is gone when it is done. Nothing where no one looks. */
import type { Writable } from 'node:stream';

export interface ProgressLine extends Disposable {
  /** What is done from now on. */
  say(words: string): void;
}

/** Runs of less than this are left without a word. */
const patienceMs = 1000;
const repeatMs = 100;

/** `patience`: milliseconds until the first word. */
export function progressLine(
  errors: Writable & { readonly isTTY?: boolean },
  patience = patienceMs,
): ProgressLine {
  if (errors.isTTY !== true) return { say: () => undefined, [Symbol.dispose]: () => undefined };
  const began = performance.now();
  let [wanted, shown, last] = ['', '', began];
  const show = (words: string) => {
    if (words === shown) return;
    errors.write(`\r${words}${' '.repeat(Math.max(0, shown.length - words.length))}`);
    if (words === '') errors.write('\r');
    shown = words;
  };
  const showInTime = () => {
    last = performance.now();
    if (last - began >= patience) show(wanted);
  };
  // Where another process does the work, nothing is said in the meantime; where this one does, no timer runs.
  const timer = setInterval(showInTime, repeatMs);
  timer.unref();
  return {
    say(words) {
      wanted = words;
      if (performance.now() - last >= repeatMs) showInTime();
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      show('');
    },
  };
}
