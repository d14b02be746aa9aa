/** Values of options, as Alembic reads them: locations, lists of paths, defaults. */

import { joinPath } from '../environment/paths.ts';
import type { ScriptLocation } from './config.ts';

export const defaultFileTemplate = '%(rev)s_%(slug)s';
export const defaultSlugLength = 40;

/** What `%(here)s` is replaced by until paths are made relative: the folder of the configuration. */
export const hereMark = '\u0001here';

/** `folder/path`, `/absolute/path` or `package:path`. */
export function scriptLocation(value: string): ScriptLocation {
  const own = value.startsWith(hereMark);
  const text = own ? value.slice(hereMark.length).replace(/^[/\\]+/, '') : value;
  const windowsDrive = /^[A-Za-z]:[\\/]/.test(text);
  if (!own && !windowsDrive && !text.startsWith('/') && text.includes(':')) {
    const [name = '', ...path] = text.split(':');
    return { kind: 'package', package: name, path: joinPath('', path.join('/')) };
  }
  return { kind: 'path', path: joinPath('', text) || '.' };
}

/** Null for a separator that Alembic does not know. */
export function separatorOf(name: string): readonly string[] | null {
  switch (name) {
    case 'space':
      return [' '];
    case 'newline':
      return ['\n'];
    case 'os':
      // The operating system's: a colon before a drive's backslash is none.
      return [':', ';'];
    case ':':
    case ';':
      return [name];
    default:
      return null;
  }
}

export function splitPaths(
  value: string,
  separators: readonly string[] | 'legacy',
  colons = false,
): string[] {
  if (separators === 'legacy') return value.split(colons ? /, *| +|:/ : /, *| +/).filter(part => part !== '');
  let parts = [value];
  for (const separator of separators) {
    // A package location holds a colon itself, so `os` splits at a semicolon where there is one.
    if (separators.length > 1 && separator === ':' && (value.includes(';') || /^[A-Za-z]:[\\/]/.test(value)))
      continue;
    parts = parts.flatMap(part => part.split(separator));
  }
  return parts.map(part => part.trim()).filter(part => part !== '');
}
