/** `server_default=False`, `=0`, `=func.now`: SQLAlchemy takes text or SQL there, nothing else. */
import { sliceOf } from '../../base/range.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { importName } from '../shared/code/import-name.ts';
import { columnCallOf, columnOption, libraryNameOf } from '../shared/models/column-call.ts';

export const serverDefaultNotText: Rule = {
  id: 'server-default-not-text',
  category: 'model',
  since: '0.1.0',
  // Type checkers see most of these: it is here for its fix.
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A server default is a Python value instead of text or SQL',
    why: 'A server default becomes part of the DDL, so that SQLAlchemy takes only a string or an SQL expression. Anything else raises `ArgumentError` as soon as the module is imported. `default=` takes Python values, which is how they get here.',
    instead:
      'Write SQL: `server_default=sa.false()`, `server_default="0"`, `server_default=func.now()` with its parentheses.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/defaults.html#server-invoked-ddl-explicit-default-expressions',
    ],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    pinned: Mapped[bool] = mapped_column(server_default=False)',
      good: 'from sqlalchemy import false\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    pinned: Mapped[bool] = mapped_column(server_default=false())',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const column = columnCallOf(node, context.facts);
  const value = column && columnOption(column, 'server_default');
  if (!value) return;
  const wrong = wrongDefault(value, context);
  if (wrong === null) return;
  context.report({
    range: value,
    message: `${sliceOf(context.file.text, value)} is ${wrong.what}, and server_default takes only text or SQL: importing the module raises ArgumentError`,
    fixes: wrong.fix === null ? [] : [wrong.fix],
  });
}

interface WrongDefault {
  readonly what: string;
  readonly fix: ReportedFix | null;
}

function wrongDefault(value: Expression, context: FileContext): WrongDefault | null {
  switch (value.kind) {
    case 'constant':
      return value.value === 'True' || value.value === 'False' ? booleanDefault(value, context) : null;
    case 'number':
      return { what: 'a number', fix: changeTo(value, `"${value.text.replaceAll('_', '')}"`) };
    case 'unary':
      return value.operator === '-' && value.operand.kind === 'number'
        ? { what: 'a number', fix: changeTo(value, `"-${value.operand.text.replaceAll('_', '')}"`) }
        : null;
    case 'list':
    case 'tuple':
    case 'set':
    case 'dict':
      return { what: 'a Python collection', fix: null };
    case 'lambda':
      return { what: 'a Python function', fix: null };
    case 'name':
    case 'attribute':
      return functionDefault(value, context) ?? constantDefault(value, context);
    case 'call':
      return values.test(libraryNameOf(value.function, context.facts) ?? '')
        ? { what: 'a Python value', fix: null }
        : null;
    default:
      return null;
  }
}

/** Calls of Python's library that give no text. */
const values = /^(decimal\.Decimal|uuid\.(UUID|uuid[1-8])|datetime\.(datetime|date|timedelta|time)(\.\w+)?)$/;

/** A name for a number or a truth value. */
function constantDefault(value: Expression, { facts }: FileContext): WrongDefault | null {
  const meaning = facts.meaningOf(value);
  if (meaning.kind !== 'constant' || meaning.value === null || typeof meaning.value === 'string') return null;
  return { what: typeof meaning.value === 'number' ? 'a number' : 'a bool', fix: null };
}

function booleanDefault(value: Expression & { kind: 'constant' }, context: FileContext): WrongDefault {
  const name = value.value === 'True' ? 'true' : 'false';
  const { expression, edits } = importName(context.file.module, 'sqlalchemy', name);
  const fix = changeTo(value, `${expression}()`);
  return { what: 'a bool', fix: { ...fix, edits: [...fix.edits, ...edits] } };
}

/** `func.now` without parentheses, and functions of Python's library. */
function functionDefault(value: Expression, context: FileContext): WrongDefault | null {
  const name = libraryNameOf(value, context.facts);
  if (name === null) return null;
  if (/^sqlalchemy\.func\./.test(name)) {
    const called = { range: { start: value.end, end: value.end }, newText: '()' };
    return { what: 'not called', fix: { title: 'Call it', edits: [called] } };
  }
  return /^(datetime\.(datetime|date)\.\w+|uuid\.uuid\d|time\.\w+)$/.test(name)
    ? { what: 'a Python function', fix: null }
    : null;
}
