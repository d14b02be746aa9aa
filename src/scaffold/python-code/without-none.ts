/** `Optional[X]` and `X | None` to `X`; any other annotation as it is. */
export function withoutNone(annotation: string): string {
  return annotation.replace(/^(?:\w+\.)?Optional\[(.*)\]$/s, '$1').replace(/ \| None$/, '');
}
