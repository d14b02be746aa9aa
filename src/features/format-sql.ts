/** SQL laid out anew: in a string of Python, or the statement of a script. */
import type { TextEdit } from '../base/edit.ts';
import { rangeOf } from '../base/range.ts';
import type { Expression } from '../python/syntax.ts';
import { layOutSql } from '../sql/lay-out.ts';
import { laidOutLiteral } from '../sqlalchemy/places/laid-out-literal.ts';
import type { PlacedText } from '../sqlalchemy/places/name-place.ts';
import { startsStatement } from '../sqlalchemy/statements/sql-words.ts';
import { expressionsAt } from '../workspace/expressions-at.ts';
import { namePlaceAt } from '../workspace/name-place.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { Refusal } from './refusal.ts';

/** Null where no statement of SQL stands at the offset; an edit that changes nothing where it is laid out so already. */
export function formatSqlAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): TextEdit | Refusal | null {
  const place = namePlaceAt(workspace, path, offset, 'whole');
  if (place?.kind !== 'sql' || !startsStatement(place.sql.text)) return null;
  const file = workspace.project.files.get(path);
  return file ? literalEdit(file.text, expressionsAt(file, offset)) : statementEdit(place.sql);
}

/** `around`: the literal, then what it is a part of. */
function literalEdit(text: string, [literal, around]: readonly Expression[]): TextEdit | Refusal | null {
  if (literal?.kind !== 'string') return null;
  if (around?.kind === 'binary' && around.operator === '+')
    return { refusal: 'The SQL is put together with “+”. Only SQL that stands in one string is formatted.' };
  const newText = laidOutLiteral(text, literal);
  return newText === null ? notUnderstood : { range: rangeOf(literal), newText };
}

/** What stands behind the statement stays. */
function statementEdit({ text, toSource }: PlacedText): TextEdit | Refusal {
  const statement = text.trimEnd();
  const newText = layOutSql(statement);
  return newText === null ? notUnderstood : { range: toSource({ start: 0, end: statement.length }), newText };
}

const notUnderstood: Refusal = {
  refusal:
    'The formatter does not understand this SQL, or it cannot stand in one string. Nothing was changed.',
};
