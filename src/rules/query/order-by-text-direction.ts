/** `order_by("name desc")`: a text in ORDER BY is the name of a column or label, nothing more. */
import type { Argument, Call, Expression } from '../../python/syntax.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { writtenText } from '../shared/code/operand-text.ts';

export const orderByTextDirection: Rule = {
  id: 'order-by-text-direction',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A text given to `order_by()` holds more than a name',
    why: 'SQLAlchemy looks a text in `order_by()` up among the columns and labels of the statement. `"name desc"` is the name of none: the statement raises `CompileError: Can\'t resolve label reference for ORDER BY` when it is executed.',
    instead: 'Write `User.name.desc()`, or `desc("name")` for a label.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.desc',
      'https://docs.sqlalchemy.org/en/20/tutorial/data_select.html#ordering-or-grouping-by-a-label',
    ],
  },
  examples: [
    {
      bad: "select(User).order_by('name desc')",
      good: 'select(User).order_by(User.name.desc())',
    },
    {
      bad: "select(User.name, func.length(User.name).label('size')).order_by('size DESC NULLS LAST')",
      good: "select(User.name, func.length(User.name).label('size')).order_by(text('size DESC NULLS LAST'))",
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || node.function.attribute.id !== 'order_by') return;
  const owner = context.facts.meaningOf(node.function.value);
  if (owner.kind !== 'statement') return;
  const models = owner.entities ?? (owner.target ? [owner.target] : []);
  for (const argument of node.arguments) checkArgument(argument, models, context);
}

function checkArgument({ value, keyword }: Argument, models: readonly Model[], context: FileContext): void {
  if (!keyword) checkValue(value, models, context);
}

function checkValue(value: Expression, models: readonly Model[], context: FileContext): void {
  if (value.kind === 'conditional') {
    for (const each of [value.then, value.otherwise]) checkValue(each, models, context);
    return;
  }
  const text = textsOf(value, context).find(isMoreThanName);
  if (text === undefined) return;
  const written = value.kind === 'string' ? writtenText(context.file.text, value) : `"${text}"`;
  context.report({
    range: { start: value.start, end: value.end },
    message: `order_by() takes ${written} as the name of one column: executing this raises CompileError`,
    fixes: fixesFor(value, models, context),
  });
}

/** What it may be, with a word for each value that is put into it. */
function textsOf(value: Expression, { facts }: FileContext): readonly string[] {
  if (value.kind === 'string') {
    const segments = value.pieces.flatMap(piece => piece.segments);
    return [segments.map(each => (each.kind === 'text' ? each.value : interpolated)).join('')];
  }
  const meaning = facts.meaningOf(value);
  if (meaning.kind === 'constant') return typeof meaning.value === 'string' ? [meaning.value] : [];
  return meaning.kind === 'python' ? (meaning.among ?? []) : [];
}

/** No label ends so: a direction is meant. */
const interpolated = '\0';

/** Labels may hold spaces; a direction, a comma, a minus or a qualified name they hardly do. */
function isMoreThanName(text: string): boolean {
  return (
    /\s(asc|desc)(\s+nulls\s+(first|last))?\s*$/i.test(text) ||
    /^-\w+$|^\w+\.\w+$|^\w+\s*,\s*\w+/.test(text) ||
    /^[\w.\0]+ \0$/.test(text)
  );
}

function fixesFor(node: Expression, models: readonly Model[], { file }: FileContext): readonly ReportedFix[] {
  if (node.kind !== 'string' || node.value === null) return [];
  const text = node.value;
  const range = { start: node.start, end: node.end };
  const match = /^(-?)(?:\w+\.)?(\w+)(?:\s+(asc|desc))?$/i.exec(text.trim());
  const name = match?.[2];
  const owners = models.filter(model =>
    model.attributes.some(each => each.name === name && each.kind === 'column'),
  );
  const [owner] = owners;
  if (match && owner && owners.length === 1) {
    const descends = match[1] === '-' || match[3]?.toLowerCase() === 'desc';
    const newText = `${owner.name}.${name}${descends ? '.desc()' : ''}`;
    return [{ title: `Replace with ${newText}`, edits: [{ range, newText }] }];
  }
  const verbatim = importName(file.module, 'sqlalchemy', 'text');
  const newText = `${verbatim.expression}(${writtenText(file.text, node)})`;
  return [{ title: 'Send it as text()', kind: 'review', edits: [...verbatim.edits, { range, newText }] }];
}
