/** `Event.data.contains({"a": 1})` on a JSON column: `contains()` is LIKE there; `@>` is JSONB's. */
import type { Attribute, Call, Expression } from '../../python/syntax.ts';
import type { SourceLocation } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { importName } from '../shared/code/import-name.ts';
import { writtenText } from '../shared/code/operand-text.ts';
import { columnFamily } from '../shared/models/column-family.ts';

export const jsonContainsAsLike: Rule = {
  id: 'json-contains-as-like',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: '`contains()` and other operators of JSONB are used on a JSON column',
    why: "Only PostgreSQL’s JSONB has an operator for containment. On a column of type JSON, `contains()` is the one of texts: SQLAlchemy renders `data LIKE '%' || … || '%'`, with a deprecation warning since 2.1, and PostgreSQL answers `operator does not exist: json ~~ text`. `has_key()`, `has_any()`, `contained_by()` and their kin do not exist on JSON: the line raises `AttributeError`.",
    instead:
      'Declare the column as `JSONB` (`from sqlalchemy.dialects.postgresql import JSONB`), or cast it: `cast(Event.data, JSONB).contains({"a": 1})`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#sqlalchemy.dialects.postgresql.JSONB',
      'https://docs.sqlalchemy.org/en/21/changelog/migration_21.html',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import JSON, cast\nfrom sqlalchemy.dialects.postgresql import JSONB\n\n\nclass Event(Base):\n    __tablename__ = "events"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n    data: Mapped[dict[str, int]] = mapped_column(JSON)\n\n\nstmt = select(Event.id).where(Event.data.contains({"a": 1}))',
      good: 'from sqlalchemy import JSON, cast\nfrom sqlalchemy.dialects.postgresql import JSONB\n\n\nclass Event(Base):\n    __tablename__ = "events"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n    data: Mapped[dict[str, int]] = mapped_column(JSON)\n\n\nstmt = select(Event.id).where(cast(Event.data, JSONB).contains({"a": 1}))',
    },
  ],
  check: { expressions: { call: checkCall, attribute: checkAttribute } },
};

/** `Note.data["a"].astext`, which PostgreSQL's own JSON and JSONB have. */
function checkAttribute(node: Attribute, context: FileContext): void {
  if (node.attribute.id !== 'astext') return;
  let column: Expression = node.value;
  while (column.kind === 'subscript') column = column.value;
  const meaning = context.facts.meaningOf(column);
  if (meaning.kind !== 'attribute' || meaning.attribute.kind !== 'column') return;
  const { sqlType, location } = meaning.attribute;
  if (sqlType !== 'JSON' || !isGenericJson(location, context)) return;
  const { start, end } = node.attribute;
  context.report({
    range: { start, end },
    message:
      'A JSON column has no astext, only JSON and JSONB of the PostgreSQL dialect have: this raises AttributeError; as_string() is for both',
    fixes: [changeTo({ start, end }, 'as_string()')],
  });
}

/** The column names SQLAlchemy's own JSON, and its file knows no other one. */
function isGenericJson({ path, range }: SourceLocation, { project }: FileContext): boolean {
  const text = project.files.get(path)?.text ?? '';
  const isNamed = /\bJSON\b/.test(text.slice(range.start, range.end));
  return (
    isNamed &&
    !/\b(?:postgresql|pg|psql|dialects)\b[^\n]*\bJSON\b|\bimport \([^)]*\bJSON\b[^)]*\bJSONB\b/.test(text)
  );
}

const likes: ReadonlySet<string> = new Set([
  'contains',
  'startswith',
  'endswith',
  'icontains',
  'like',
  'ilike',
]);
const missing: ReadonlySet<string> = new Set([
  'has_key',
  'has_any',
  'has_all',
  'contained_by',
  'path_exists',
  'path_match',
  'delete_path',
]);

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute') return;
  const { id, start, end } = node.function.attribute;
  if (!likes.has(id) && !missing.has(id)) return;
  if (columnFamily(context.facts.meaningOf(node.function.value)) !== 'json') return;
  context.report({
    range: { start, end },
    message: likes.has(id)
      ? `${id}() of a JSON column is LIKE, and PostgreSQL has no operator json ~~ text: only JSONB can be looked into`
      : `A JSON column has no ${id}(), only JSONB has: this raises AttributeError`,
    fixes: id === 'contains' || missing.has(id) ? [fixFor(node, context)] : [],
  });
}

function fixFor(node: Call, { file }: FileContext): ReportedFix {
  const cast = importName(file.module, 'sqlalchemy', 'cast');
  const jsonb = importName(file.module, 'sqlalchemy.dialects.postgresql', 'JSONB');
  const column = node.function.kind === 'attribute' ? node.function.value : node.function;
  const whole = column.parenthesized ?? column;
  const newText = `${cast.expression}(${writtenText(file.text, column)}, ${jsonb.expression})`;
  return {
    title: 'Cast to JSONB',
    edits: [...cast.edits, ...jsonb.edits, { range: { start: whole.start, end: whole.end }, newText }],
  };
}
