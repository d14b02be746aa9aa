/** `session.execute("SELECT …")`: SQLAlchemy 2 takes no plain string. */
import type { Call, Expression } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';

export const plainStringExecuted: Rule = {
  id: 'plain-string-executed',
  category: 'sql',
  since: '0.1.0',
  // Type checkers see it too.
  severity: 'information',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A plain string is given to `execute()`, which takes statements only',
    why: 'Since SQLAlchemy 2.0 a string is no statement: a connection raises ObjectNotExecutableError, a session ArgumentError (“Textual SQL expression … should be explicitly declared as text(…)”).',
    instead: 'Wrap it in `text()`. Text for the driver as it stands goes to `connection.exec_driver_sql()`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#execute-method-more-strict-execution-options-are-more-prominent',
    ],
  },
  examples: [
    {
      bad: 'def ping(session: Session) -> None:\n    session.execute("SELECT 1")',
      good: 'def ping(session: Session) -> None:\n    session.execute(text("SELECT 1"))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const executors: ReadonlySet<string> = new Set([
  'execute',
  'scalar',
  'scalars',
  'stream',
  'stream_scalars',
  'exec',
]);

function checkCall(node: Call, context: FileContext): void {
  const called = node.function;
  if (called.kind !== 'attribute' || !executors.has(called.attribute.id)) return;
  const owner = context.facts.meaningOf(called.value);
  if (owner.kind !== 'session' && owner.kind !== 'connection') return;
  const given = node.arguments.find(each => each.keyword?.id === 'statement') ?? node.arguments[0];
  if (!given || given.unpacked || !isString(given.value, context) || isBefore2(context)) return;
  const raised =
    owner.kind === 'session'
      ? 'ArgumentError, since text must be declared as text()'
      : 'ObjectNotExecutableError';
  context.report({
    range: given.value,
    message: `${called.attribute.id}() takes no plain string: SQLAlchemy raises ${raised}`,
    fixes: fixes(given.value, context),
  });
}

function isString(value: Expression, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(value);
  if (meaning.kind === 'constant') return typeof meaning.value === 'string';
  return meaning.kind === 'python' && meaning.type === 'builtins.str';
}

function fixes(value: Expression, context: FileContext): readonly ReportedFix[] {
  const text = importName(context.file.module, 'sqlalchemy', 'text');
  const { start, end } = value.parenthesized ?? value;
  return [
    {
      title: 'Wrap in text()',
      edits: [
        ...text.edits,
        { range: { start, end: start }, newText: `${text.expression}(` },
        { range: { start: end, end }, newText: ')' },
      ],
    },
  ];
}
