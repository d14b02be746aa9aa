/** Tells a relationship of SQLModel that is there which foreign key it goes by. */
import type { TextEdit } from '../../base/edit.ts';
import type { Assignment, Call } from '../../python/syntax.ts';
import type { CodeStyle } from '../project-facts.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';

const keyword = 'sa_relationship_kwargs';

/** `key` names the foreign key as Python. Null where what is written there is no plain dictionary, or has comments. */
export function withNamedKey(
  text: string,
  statement: Assignment & { readonly value: Call },
  key: string,
  style: CodeStyle,
): TextEdit | null {
  const { value } = statement;
  const written = (range: { readonly start: number; readonly end: number }): string =>
    text.slice(range.start, range.end);
  const given = value.arguments.find(each => each.keyword?.id === keyword);
  if (given && given.value.kind !== 'dict') return null;
  const entries = given?.value.kind === 'dict' ? given.value.entries.map(written) : [];
  const others = value.arguments.filter(each => each !== given).map(written);
  if ([...entries, ...others].some(each => each.includes('\n')) || written(statement).includes('#'))
    return null;
  const dictionary: Code = {
    open: `${keyword}={`,
    elements: [`${quoted('foreign_keys', style)}: ${key}`, ...entries],
    close: '}',
  };
  const head = text.slice(statement.start, value.start).replace(/\s*=\s*$/, '');
  const lines = layOut(assign(head, call(written(value.function), ...others, dictionary)), 4, style);
  return { range: statement, newText: lines.join('\n').trimStart() };
}
