/** Test texts with the cursor marker `¦`. */
export interface Marked {
  readonly text: string;
  readonly offset: number;
}

/** Takes the one marker out. */
export function readMarked(marked: string): Marked {
  const offset = marked.indexOf('¦');
  return { text: marked.replace('¦', ''), offset };
}
