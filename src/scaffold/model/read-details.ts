/** The answers that are written as text and mean more: lengths, digits, the values of an enum. */
import { snakeOf } from '../names.ts';
import { isKeyword } from '../python-names.ts';
import type { EnumMember } from './column-types.ts';

/** A value, or why there is none. */
export type Detail<Value> = { readonly value: Value } | { readonly problem: string };

/** PostgreSQL's limit of VARCHAR. */
const longestString = 10_485_760;

export function readLength(text: string): Detail<number> {
  const value = Number(text);
  const good = /^\d+$/.test(text) && value >= 1 && value <= longestString;
  return good ? { value } : { problem: 'The length is a whole number from 1 on, such as 255.' };
}

export function readPrecision(text: string): Detail<{ readonly precision: number; readonly scale: number }> {
  const found = /^(\d+)\s*[, ]\s*(\d+)$/.exec(text);
  const [precision, scale] = [Number(found?.[1]), Number(found?.[2])];
  if (!found || precision < 1 || precision > 1000)
    return { problem: 'Enter two numbers, such as 12, 2: all digits, and those behind the point.' };
  return scale > precision
    ? { problem: 'There cannot be more digits behind the point than in all.' }
    : { value: { precision, scale } };
}

export function readEnumValues(text: string): Detail<readonly EnumMember[]> {
  const values = text
    .split(',')
    .map(value => value.trim())
    .filter(value => value !== '');
  if (values.length === 0) return { problem: 'Enter at least one value, such as pending, paid, shipped.' };
  const odd = values.find(value => !/^[A-Za-z][\w -]*$/.test(value));
  if (odd !== undefined)
    return {
      problem: `${odd} cannot be a value: use letters, digits, spaces, hyphens and underscores, and begin with a letter.`,
    };
  const long = values.find(value => value.length > 63);
  if (long !== undefined)
    return { problem: 'PostgreSQL takes values of at most 63 characters. Use shorter ones.' };
  const members = values.map(value => ({ name: memberName(value), value }));
  const repeated = members.find(
    (member, index) => members.findIndex(each => each.name === member.name) !== index,
  );
  return repeated ? { problem: `${repeated.value} is there twice. Remove one.` } : { value: members };
}

/** `in transit` to `IN_TRANSIT`; empty where no letter or digit can be taken. */
export function memberName(value: string): string {
  const name = snakeOf(value).toUpperCase();
  return isKeyword(name) || name === 'MRO' ? `${name}_` : name;
}
