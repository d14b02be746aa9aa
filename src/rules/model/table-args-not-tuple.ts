/** `__table_args__ = (UniqueConstraint("a"))`: parentheses without a comma make no tuple. */
import type { Assignment, Expression, Sequence } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { attributeName } from '../shared/models/mapped-annotation.ts';

export const tableArgsNotTuple: Rule = {
  id: 'table-args-not-tuple',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`__table_args__` is no tuple',
    why: 'SQLAlchemy takes a tuple or a dict. One constraint in parentheses without a comma is just that constraint, and a list is no tuple: declaring the class raises `ArgumentError`. Options in a dict must be the last element.',
    instead: 'Write the comma: `__table_args__ = (UniqueConstraint("a"),)`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#declarative-table-configuration',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import UniqueConstraint\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    __table_args__ = (UniqueConstraint("title"))\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]',
      good: 'from sqlalchemy import UniqueConstraint\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    __table_args__ = (UniqueConstraint("title"),)\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]',
    },
  ],
  check: { statements: { assignment: checkAssignment } },
};

const items =
  /^sqlalchemy\.(Index|UniqueConstraint|PrimaryKeyConstraint|ForeignKeyConstraint|CheckConstraint|dialects\.postgresql\.ExcludeConstraint)$/;

function checkAssignment(node: Assignment, context: FileContext): void {
  const { value } = node;
  if (attributeName(node)?.id !== '__table_args__' || value === null) return;
  if (context.ancestors.at(-1)?.kind !== 'class') return;
  if (value.kind === 'list' && value.elements.length > 0)
    report(value, 'A list is no tuple', listFix(value), context);
  else if (isItem(value, context))
    report(value, 'A constraint without a comma is no tuple', commaFix(value), context);
  else if (value.kind === 'tuple') checkDict(value.elements, context);
}

function isItem(value: Expression, { facts }: FileContext): boolean {
  const name = value.kind === 'call' ? libraryNameOf(value.function, facts) : null;
  return name !== null && items.test(name);
}

/** Options come last. */
function checkDict(elements: readonly Expression[], context: FileContext): void {
  const early = elements.slice(0, -1).find(element => element.kind === 'dict');
  if (early) report(early, 'Options that are not the last element are taken for a constraint', null, context);
}

function report(range: Expression, what: string, fix: ReportedFix | null, context: FileContext): void {
  context.report({
    range,
    message: `${what}: declaring the class raises ArgumentError`,
    fixes: fix === null ? [] : [fix],
  });
}

function commaFix(value: Expression): ReportedFix {
  const { start, end } = value;
  const edits = value.parenthesized
    ? [{ range: { start: end, end }, newText: ',' }]
    : [
        { range: { start, end: start }, newText: '(' },
        { range: { start: end, end }, newText: ',)' },
      ];
  return { title: 'Make it a tuple', edits };
}

function listFix(value: Sequence): ReportedFix {
  const last = value.elements.at(-1);
  const close = value.end - 1;
  const comma =
    value.elements.length === 1 && last ? [{ range: { start: last.end, end: last.end }, newText: ',' }] : [];
  return {
    title: 'Make it a tuple',
    edits: [
      { range: { start: value.start, end: value.start + 1 }, newText: '(' },
      ...comma,
      { range: { start: close, end: value.end }, newText: ')' },
    ],
  };
}
