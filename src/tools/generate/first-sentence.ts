/** The first sentence of a description, without its full stop, for tables and short labels. */
export function firstSentence(text: string): string {
  return (text.split('. ')[0] ?? text).replace(/\.$/, '');
}
