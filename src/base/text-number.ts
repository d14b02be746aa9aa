/** A number of 32 bits for a text: FNV-1a over UTF-16 units. Other texts may share it. */
export function textNumber(text: string): number {
  let number = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    number = Math.imul(number ^ text.charCodeAt(index), 0x01000193);
  return number >>> 0;
}
