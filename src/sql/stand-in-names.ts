/** Names that stand in SQL for what has to be kept as it is written, and the way back. */
export interface StandInNames {
  /** Stands for the text from now on. */
  for(written: string): string;
  /** The text with what the names stand for in their places. */
  restore(text: string): string;
}

/** Such as `text` has none of. */
export function standInNames(text: string): StandInNames {
  const kept: string[] = [];
  const lower = text.toLowerCase();
  let stem = 'p';
  while (lower.includes(stem)) stem += '_';
  const pattern = new RegExp(`${stem}(\\d+)_`, 'g');
  return {
    for: written => `${stem}${kept.push(written) - 1}_`,
    restore: each => each.replace(pattern, (_, index: string) => kept[Number(index)] ?? ''),
  };
}
