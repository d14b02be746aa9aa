/** Why an answer to one of a column's questions cannot be taken, as it is typed. */
import { checkColumnName } from './check-names.ts';
import { readEnumValues, readLength, readPrecision } from './read-details.ts';

export function checkColumnAnswer(question: string, value: string): string | null {
  const problemOf = (detail: object): string | null => ('problem' in detail ? String(detail.problem) : null);
  switch (question) {
    case 'name':
      return checkColumnName(value);
    case 'length':
      return problemOf(readLength(value));
    case 'precision':
      return problemOf(readPrecision(value));
    case 'values':
      return problemOf(readEnumValues(value));
    default:
      return null;
  }
}
