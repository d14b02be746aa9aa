/** The names under which a row knows its columns. */
import type { FromElement, SelectItem } from '../statements/ir.ts';

/** `textOf` gives a file's text. Null where SQLAlchemy makes the name up, or it cannot be known. */
export function rowName(item: SelectItem, textOf: (path: string) => string | undefined): string | null {
  switch (item.kind) {
    case 'entity':
      return entityName(item.model.name, item.from);
    case 'from':
      return null;
    case 'element':
      return elementName(item, textOf);
  }
}

/** An alias without a name of its own has no name in the row either. */
function entityName(model: string, from: FromElement): string | null {
  if (from.kind === 'table') return model;
  return from.kind === 'alias' && typeof from.name === 'string' ? from.name : null;
}

/** What a hybrid or a synonym brings along is known by the attribute's name: the source tells one from the other. */
function elementName(
  { element, at }: Extract<SelectItem, { kind: 'element' }>,
  textOf: (path: string) => string | undefined,
): string | null {
  const source = at === null ? '' : (textOf(at.path)?.slice(at.range.start, at.range.end) ?? '');
  switch (element.kind) {
    case 'label':
      return typeof element.name === 'string' ? element.name : null;
    case 'column':
      return source.endsWith(`.${element.key}`) ? element.key : null;
    case 'function':
      return source.endsWith(')') && source.includes(`.${element.name}(`) ? element.name : null;
    default:
      return null;
  }
}
