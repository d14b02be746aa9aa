/** `op.execute(statement, parameters)`: it takes no parameters, other than `connection.execute()`. */
import type { TextEdit } from '../../base/edit.ts';
import { sliceOf } from '../../base/range.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';

export const executeWithParameters: Rule = {
  id: 'execute-with-parameters',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`op.execute()` is given parameters, which it does not take',
    why: '`op.execute()` takes one statement, and its options by name: a second argument raises TypeError when the revision runs.',
    instead:
      'Bind the values to the statement: `op.execute(sa.text("… :name").bindparams(name=value))`, or execute on `op.get_bind()`.',
    references: ['https://alembic.sqlalchemy.org/en/latest/ops.html#alembic.operations.Operations.execute'],
  },
  examples: [
    {
      bad: 'op.execute(sa.text("UPDATE events SET kind = :kind WHERE id = 7"), {"kind": "new"})',
      good: 'op.execute(sa.text("UPDATE events SET kind = :kind WHERE id = 7").bindparams(kind="new"))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const taken = /^(?:sqltext|execution_options)$/;

function checkCall(node: Call, context: FileContext): void {
  const second = node.arguments.slice(1).find(each => !each.unpacked && !taken.test(each.keyword?.id ?? ''));
  if (!second) return;
  const called = context.facts.meaningOf(node.function);
  if (called.kind !== 'library' || called.name !== 'alembic.op.execute') return;
  context.report({
    range: second.value,
    message: 'op.execute() takes a statement alone: a second argument raises TypeError',
    fixes: bindFix(node, context),
  });
}

/** For a literal dict with names as keys. */
function bindFix(node: Call, { file }: FileContext): readonly ReportedFix[] {
  const [first, second, ...rest] = node.arguments;
  if (!first || second?.value.kind !== 'dict' || rest.length > 0) return [];
  const binds = second.value.entries.map(({ key, value }) =>
    key?.kind === 'string' && key.value !== null && /^[A-Za-z_]\w*$/.test(key.value)
      ? `${key.value}=${sliceOf(file.text, value)}`
      : null,
  );
  if (binds.length === 0 || binds.includes(null)) return [];
  const { expression, edits } =
    first.value.kind === 'string'
      ? importName(file.module, 'sqlalchemy', 'text')
      : { expression: '', edits: [] };
  const opened = expression === '' ? [] : [insertion(first.start, `${expression}(`)];
  const closed = `${expression === '' ? '' : ')'}.bindparams(${binds.join(', ')})`;
  const range = { start: first.end, end: second.end };
  return [
    { title: 'Bind the values to the statement', edits: [...opened, { range, newText: closed }, ...edits] },
  ];
}

function insertion(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
