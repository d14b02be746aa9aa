/** The methods of Python strings that table names, URLs and lengths are built with. */
import type { Constant } from './site.ts';

/** Undefined where the method is unknown or the arguments do not fit. */
export function callMethod(
  owner: Constant,
  method: string,
  values: readonly Constant[],
): Constant | undefined {
  if (typeof owner !== 'string') return undefined;
  const [first, second] = values;
  switch (method) {
    case 'lower':
    case 'casefold':
      return owner.toLowerCase();
    case 'upper':
      return owner.toUpperCase();
    case 'strip':
      return values.length === 0 ? owner.trim() : stripped(owner, first);
    case 'lstrip':
      return typeof first === 'string'
        ? trimStart(owner, first)
        : values.length === 0
          ? owner.trimStart()
          : undefined;
    case 'capitalize':
      return owner.slice(0, 1).toUpperCase() + owner.slice(1).toLowerCase();
    case 'title':
      return owner.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, letter => letter.toUpperCase());
    case 'replace':
      return typeof first === 'string' && typeof second === 'string'
        ? owner.replaceAll(first, () => second)
        : undefined;
    case 'removesuffix':
      return typeof first === 'string' && first !== '' && owner.endsWith(first)
        ? owner.slice(0, -first.length)
        : owner;
    case 'removeprefix':
      return typeof first === 'string' && owner.startsWith(first) ? owner.slice(first.length) : owner;
    case 'join':
      return joined(owner, first);
    case 'split':
      if (values.length === 0) return owner.split(/\s+/).filter(part => part !== '');
      return typeof first === 'string' && first !== '' && values.length === 1
        ? owner.split(first)
        : undefined;
    case 'isupper':
      return owner !== owner.toLowerCase() && owner === owner.toUpperCase();
    case 'islower':
      return owner !== owner.toUpperCase() && owner === owner.toLowerCase();
    case 'isdigit':
      return /^[0-9]+$/.test(owner);
    case 'startswith':
      return typeof first === 'string' && values.length === 1 ? owner.startsWith(first) : undefined;
    case 'endswith':
      return typeof first === 'string' && values.length === 1 ? owner.endsWith(first) : undefined;
    case 'format':
      return formatted(owner, values, new Map());
    case 'get_secret_value':
    case 'unicode_string':
      return owner;
    default:
      return undefined;
  }
}

function stripped(text: string, characters: Constant | undefined): string | undefined {
  if (typeof characters !== 'string') return undefined;
  const start = trimStart(text, characters);
  let end = start.length;
  while (end > 0 && characters.includes(start[end - 1] ?? '')) end--;
  return start.slice(0, end);
}

function trimStart(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text[start] ?? '')) start++;
  return text.slice(start);
}

function joined(separator: string, list: Constant | undefined): string | undefined {
  if (!Array.isArray(list) || !list.every(item => typeof item === 'string')) return undefined;
  return list.join(separator);
}

/** `"{}:{port}".format(host, port=5432)`; undefined where a value is not known or the template says how it is written. */
export function formatted(
  template: string,
  values: readonly Constant[],
  named: ReadonlyMap<string, Constant | undefined>,
): string | undefined {
  let next = 0;
  let readable = true;
  const text = template.replace(/\{(\w*)\}/g, (_, name: string) => {
    const value = /^\d*$/.test(name) ? values[name === '' ? next++ : Number(name)] : named.get(name);
    if (typeof value !== 'string' && typeof value !== 'number') readable = false;
    return String(value);
  });
  return readable && !/[{}]/.test(template.replace(/\{\w*\}/g, '')) ? text : undefined;
}
