/** The names in SQL text, in four bytes each: by them it is told which statements a change of a table has to do with. */
import { textNumber } from '../../base/text-number.ts';
import type { StatementFact } from '../../sqlalchemy/statement.ts';

/** Words of all SQL of the statements, as `nameNumber` has them. */
export function sqlNamesOf(statements: readonly StatementFact[]): readonly number[] {
  const numbers = new Set<number>();
  for (const { forms, raw } of statements)
    for (const { sql } of [...forms, ...raw.map(({ form }) => form)])
      for (const word of wordsOf(sql)) numbers.add(textNumber(word));
  return [...numbers];
}

/** Of a table's name: the number of a word that every statement has which names it. Two names may share a number. */
export function nameNumber(name: string): number {
  return textNumber(wordsOf(name)[0] ?? '');
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}
