/** `select(User).join(User.posts).filter_by(name="a")` where both classes have a name: 2.1 looks through all of FROM. */
import { sliceOf } from '../../base/range.ts';
import { isAtLeast } from '../../python/packages/version.ts';
import type { Call } from '../../python/syntax.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { writtenText } from '../shared/code/operand-text.ts';
import { type WrittenKeyword, writtenKeywords } from '../shared/code/written-keywords.ts';

export const ambiguousFilterBy: Rule = {
  id: 'ambiguous-filter-by',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'In SQLAlchemy 2.1 `filter_by()` names an attribute that several classes of the statement have',
    why: 'Up to 2.0 `filter_by()` takes the class that was joined last. Since 2.1 it looks through every class in FROM, and raises `AmbiguousColumnError` where two of them have the attribute. `id` and `name` are in most classes, so that code which worked stops working with the update. Found where the project installs, locks or asks for 2.1 or newer.',
    instead: 'Name the class: `.where(Post.name == "a")`, or filter before the join.',
    references: [
      'https://docs.sqlalchemy.org/en/21/changelog/migration_21.html',
      'https://docs.sqlalchemy.org/en/21/core/selectable.html#sqlalchemy.sql.expression.Select.filter_by',
    ],
  },
  examples: [
    {
      bad: 'select(User).join(User.posts).filter_by(id=5)',
      good: 'select(User).join(User.posts).where(Post.id == 5)',
      requirements: 'sqlalchemy>=2.1',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const called = node.function;
  if (called.kind !== 'attribute' || called.attribute.id !== 'filter_by') return;
  const owner = context.facts.meaningOf(called.value);
  if (owner.kind !== 'statement' || owner.filtered === null) return;
  const version = context.project.packagesOf(context.file.path).versionOf('sqlalchemy');
  if (isAtLeast(version, 2, 1) !== true) return;
  for (const keyword of writtenKeywords(node)) checkKeyword(node, keyword, owner.filtered, context);
}

function checkKeyword(
  node: Call,
  keyword: WrittenKeyword,
  filtered: readonly Model[],
  context: FileContext,
): void {
  const owners = filtered.filter(model => model.attributes.some(each => each.name === keyword.id));
  if (owners.length < 2) return;
  const names = [...new Set(owners.map(each => each.name))];
  const several = names.length > 1 ? names.join(' and ') : `${owners.length} × ${names[0]}`;
  context.report({
    range: { start: keyword.start, end: keyword.end },
    message: `${several} have an attribute ${keyword.id}: SQLAlchemy 2.1 raises AmbiguousColumnError`,
    fixes: names.length < owners.length ? [] : names.flatMap(name => fixFor(node, keyword, name, context)),
  });
}

/** Which class is meant only a person knows: each is offered. */
function fixFor(
  node: Call,
  { id, start: at, value }: WrittenKeyword,
  model: string,
  { file }: FileContext,
): readonly ReportedFix[] {
  const argument = node.arguments.find(({ keyword }) => keyword?.start === at);
  if (!argument) return [];
  const condition = `${model}.${id} == ${writtenText(file.text, value)}`;
  const others = node.arguments.filter(each => each !== argument).map(each => sliceOf(file.text, each));
  const kept = others.length === 0 ? '' : `filter_by(${others.join(', ')}).`;
  const start = node.function.kind === 'attribute' ? node.function.attribute.start : node.start;
  const edit = { range: { start, end: node.end }, newText: `${kept}where(${condition})` };
  return [{ title: `Filter ${model}`, edits: [edit] }];
}
