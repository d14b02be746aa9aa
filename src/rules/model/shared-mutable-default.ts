/** `default=[]`: one list for all rows of the process. */
import { sliceOf } from '../../base/range.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { isRevision } from '../shared/code/deliberate-change.ts';
import { columnCallOf } from '../shared/models/column-call.ts';

export const sharedMutableDefault: Rule = {
  id: 'shared-mutable-default',
  category: 'model',
  since: '0.1.0',
  severity: 'warning',
  preset: 'strict',
  fix: 'safe',
  documentation: {
    summary: 'A list or dict as column default is one object for all rows',
    why: 'SQLAlchemy hands the very object to each new row: after a flush, `a.tags is b.tags`. Code that changes one of them in place changes the other too, and every row that is inserted later starts with what was put in.',
    instead: 'Give a function that makes a new one: `default=list`, `default=dict`, `default=lambda: [1]`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/defaults.html#python-executed-functions'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import JSON\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    tags: Mapped[list[str]] = mapped_column(JSON, default=[])',
      good: 'from sqlalchemy import JSON\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    tags: Mapped[list[str]] = mapped_column(JSON, default=list)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const value = (keywordOf(node, 'default') ?? keywordOf(node, 'insert_default'))?.value;
  const maker = value ? makerOf(value) : null;
  if (!value || maker === null || isRevision(context.file)) return;
  const column = columnCallOf(node, context.facts);
  // Pydantic copies the default of a Field for each object.
  if (column === null || column.function === 'Field') return;
  context.report({
    range: value,
    message: `${sliceOf(context.file.text, value)} is one object for all rows: what is put into it for one row is in every later one`,
    fixes: [fixOf(value, maker, context)],
  });
}

interface Maker {
  readonly name: 'list' | 'dict' | 'set';
  readonly isEmpty: boolean;
}

function makerOf(value: Expression): Maker | null {
  switch (value.kind) {
    case 'list':
    case 'set':
      return { name: value.kind, isEmpty: value.elements.length === 0 };
    case 'dict':
      return { name: 'dict', isEmpty: value.entries.length === 0 };
    case 'call': {
      const name = value.function.kind === 'name' ? value.function.id : '';
      if (name !== 'list' && name !== 'dict' && name !== 'set') return null;
      return { name, isEmpty: value.arguments.length === 0 };
    }
    default:
      return null;
  }
}

function fixOf(value: Expression, { name, isEmpty }: Maker, { file }: FileContext): ReportedFix {
  const newText = isEmpty ? name : `lambda: ${sliceOf(file.text, value)}`;
  return changeTo(value, newText);
}
