/** A literal of the wrong type, rewritten as one that the column takes. */
import type { Expression } from '../../../python/syntax.ts';
import type { FileContext, ReportedFix } from '../../rule.ts';
import { changeTo } from '../code/change-fix.ts';
import { importName } from '../code/import-name.ts';
import { writtenText } from '../code/operand-text.ts';
import type { ColumnFamily } from './column-family.ts';

/** Null where the value is no literal, or says nothing in the column's type. */
export function convertedLiteral(
  column: ColumnFamily,
  value: Expression,
  context: FileContext,
): ReportedFix | null {
  const written = writtenText(context.file.text, value);
  const range = { start: value.start, end: value.end };
  const isoClass = value.kind === 'string' ? isoClassOf(column, value.value ?? '') : null;
  if (isoClass !== null) {
    const name = importName(context.file.module, 'datetime', isoClass);
    const newText = `${name.expression}.fromisoformat(${written})`;
    return { title: `Convert to ${isoClass}`, edits: [...name.edits, { range, newText }] };
  }
  const newText = plainLiteral(column, value);
  return newText === null ? null : changeTo(range, newText);
}

function isoClassOf(column: ColumnFamily, text: string): 'date' | 'datetime' | null {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?$/.test(text)) return null;
  if (column === 'datetime') return 'datetime';
  return column === 'date' && text.length === 10 ? 'date' : null;
}

function plainLiteral(column: ColumnFamily, value: Expression): string | null {
  if (value.kind === 'number') {
    if (column === 'text') return `"${value.text}"`;
    return column === 'boolean' && /^[01]$/.test(value.text) ? (value.text === '1' ? 'True' : 'False') : null;
  }
  if (value.kind !== 'string' || value.value === null) return null;
  const text = value.value.trim();
  if (column === 'integer' && /^-?[1-9]\d*$|^0$/.test(text)) return text;
  if (column === 'number' && /^-?\d+(\.\d+)?$/.test(text) && !/^-?0\d/.test(text)) return text;
  if (column !== 'boolean') return null;
  return /^(true|false)$/i.test(text) ? (text.toLowerCase() === 'true' ? 'True' : 'False') : null;
}
