/** `X | None` as the file writes it, and as the project's oldest Python can read it. */
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import type { FileConversion } from './file-conversion.ts';

export function optional(
  type: string,
  { facts, file }: FileConversion,
): { readonly text: string; readonly needs: readonly ImportNeed[] } {
  const isOlderStyle = /Mapped\[Optional\[/.test(file.text) && !/Mapped\[[^\n]*\| None/.test(file.text);
  if (facts.style.python >= 310 && !isOlderStyle) return { text: `${type} | None`, needs: [] };
  return { text: `Optional[${type}]`, needs: [fromImport('typing', 'Optional')] };
}
