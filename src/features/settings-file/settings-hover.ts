/** Hover in `[tool.dbpatterns]`: what a key means, and which rule is meant by a name. */
import { tomlPlaces } from '../../base/toml-places.ts';
import type { Hover } from '../hover.ts';
import { findRule } from '../rule-page.ts';
import { settingsKeyAt } from './settings-key.ts';

export function settingsHover(text: string, offset: number): Hover | null {
  const place = tomlPlaces(text).findLast(({ key }) => key.start <= offset && offset <= key.end);
  const known = place && settingsKeyAt(place.path);
  if (!place || !known) return null;
  const { key: range, path } = place;
  if (typeof path.at(-1) === 'string') {
    const byItself = known.detail === '' ? '' : `\n\nBy itself \`${known.detail}\`.`;
    return { contents: `${known.about}${byItself}`, range };
  }
  const rule = known.values && findRule(text.slice(range.start + 1, range.end - 1));
  return rule ? { contents: `${rule.documentation.summary}.`, range } : null;
}
