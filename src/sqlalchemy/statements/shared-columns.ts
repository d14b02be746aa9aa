/** Which columns are those of a class, where several classes share a table or are read together. */
import type { Model } from '../model.ts';
import { tableBehind } from './from-elements.ts';
import type { ColumnElement, FromElement } from './ir.ts';

export function ownColumns({ attributes }: Model): ReadonlySet<string> {
  return new Set(attributes.flatMap(each => (each.kind === 'column' ? [each.column] : [])));
}

export function isShared(from: FromElement | null, { qualifiedName }: Model): boolean {
  return tableBehind(from)?.shared?.loaded.has(qualifiedName) ?? false;
}

/** Null where no other class has columns in the table. */
export function loadedNames(from: FromElement, model: Model): readonly string[] | null {
  switch (from.kind) {
    case 'table':
      return from.shared?.loaded.get(model.qualifiedName) ?? null;
    case 'alias':
      return loadedNames(from.of, model);
    case 'join':
      return from.model === undefined
        ? null
        : (loadedNames(from.right, model) ?? loadedNames(from.left, model));
    default:
      return null;
  }
}

/** A mapper has what it inherits before its own: the key of a subclass's table stands first, wherever it is declared. */
export function inheritedFirst(columns: readonly ColumnElement[], inherited: readonly ColumnElement[]) {
  const keys = inherited.map(({ key }) => key);
  const place = ({ key }: ColumnElement) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return columns.toSorted((one, two) => place(one) - place(two));
}

/** Of classes read together: the FROM element of their parent alone. */
export function unextended(from: FromElement): FromElement {
  return from.kind === 'join' && from.polymorphic !== undefined ? unextended(from.left) : from;
}
