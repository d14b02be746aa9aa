/** `1 table`, `2 tables`: for nouns whose plural is their own with an s. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
