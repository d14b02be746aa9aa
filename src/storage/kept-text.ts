/** One text that is kept from one run to the next. */
export interface KeptText {
  /** Null where there is none to be had. */
  read(): string | null;
  write(text: string): void;
}
