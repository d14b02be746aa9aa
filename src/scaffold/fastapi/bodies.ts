/** The statements of a module, and those of each of its functions: where applications are made. */
import type { KnownFile } from '../project-facts.ts';
import type { Statement } from '../python-syntax.ts';

export function bodiesOf({ syntax }: Pick<KnownFile, 'syntax'>): readonly (readonly Statement[])[] {
  const body = syntax?.body ?? [];
  return [body, ...body.flatMap(each => (each.kind === 'function' ? [each.body] : []))];
}
