/** `where(name="a")`, `filter_by(User.name == "a")`: each of the two takes what the other does not. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';

export const filterArguments: Rule = {
  id: 'filter-arguments',
  category: 'query',
  since: '0.1.0',
  // Type checkers see this one too: it is here for its fix.
  severity: 'warning',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'Keywords are given to `where()`, or conditions to `filter_by()`',
    why: '`where()` and `filter()` take conditions, `filter_by()` keywords. The other way round the line raises `TypeError: got an unexpected keyword argument`, or `takes 1 positional argument but 2 were given`.',
    instead: 'Write `.filter_by(name="a")`, or `.where(User.name == "a")`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#the-where-clause'],
  },
  examples: [
    { bad: "select(User).where(name='a')", good: "select(User).filter_by(name='a')" },
    { bad: "select(User).filter_by(User.name == 'a')", good: "select(User).where(User.name == 'a')" },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute') return;
  const { id, start, end } = node.function.attribute;
  const takesKeywords = id === 'filter_by';
  if (!takesKeywords && id !== 'where' && id !== 'filter') return;
  const owner = context.facts.meaningOf(node.function.value);
  if (owner.kind !== 'statement' || owner.statement === 'insert' || owner.statement === 'text') return;
  const plain = node.arguments.filter(each => !each.unpacked && each.value.kind !== 'starred');
  const wrong = plain.filter(each => (each.keyword === null) === takesKeywords);
  const [first] = wrong;
  // `where(whereclause=…)` is how 1.x named its one argument.
  if (!first || wrong.length < node.arguments.length || first.keyword?.id === 'whereclause') return;
  const better = takesKeywords ? (owner.statement === 'query' ? 'filter' : 'where') : 'filter_by';
  context.report({
    range: { start, end },
    message: takesKeywords
      ? 'filter_by() takes keywords only: a condition raises TypeError'
      : `${id}() takes conditions only: a keyword raises TypeError`,
    fixes: [changeTo({ start, end }, better, `${better}()`)],
  });
}
