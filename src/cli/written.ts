/** What a scaffold of any kind writes. */
export interface Written {
  readonly files: readonly WrittenFile[];
  /** Sentences on why nothing is written. */
  readonly problems: readonly string[];
  /** What the reader has to look after. */
  readonly notes?: readonly string[];
}

export interface WrittenFile {
  readonly path: string;
  readonly text: string;
  /** The text that it changes; absent for a new file. */
  readonly before?: string;
}
