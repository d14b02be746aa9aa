/** `cascade="all, delete_orphan"`, `lazy="selectinload"`: words that SQLAlchemy does not know. */
import { sliceOf } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Call, Expression, StringLiteral } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { isRelationshipCall, relationshipOption } from '../shared/models/relationship-call.ts';

export const invalidRelationshipOption: Rule = {
  id: 'invalid-relationship-option',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A cascade or loading strategy of a relationship does not exist',
    why: 'Cascades and `lazy` are strings, so that no type checker sees a wrong one. A wrong cascade raises `ArgumentError` at the import, a wrong `lazy` raises `LoaderStrategyException` when the mappers are configured.',
    instead:
      'The cascades are save-update, merge, expunge, delete, delete-orphan, refresh-expire and all. `lazy` is select, joined, selectin, subquery, immediate, raise, raise_on_sql, noload, dynamic or write_only.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/cascades.html',
      'https://docs.sqlalchemy.org/en/20/orm/relationship_api.html#sqlalchemy.orm.relationship.params.lazy',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy.orm import relationship\n\n\nclass Pupil(User):\n    more: Mapped[list["Post"]] = relationship(lazy="selectinload", viewonly=True)',
      good: 'from sqlalchemy.orm import relationship\n\n\nclass Pupil(User):\n    more: Mapped[list["Post"]] = relationship(lazy="selectin", viewonly=True)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const cascades = [
  'save-update',
  'merge',
  'expunge',
  'delete',
  'delete-orphan',
  'refresh-expire',
  'all',
  'none',
];
const strategies = [
  'select',
  'joined',
  'selectin',
  'subquery',
  'immediate',
  'raise',
  'raise_on_sql',
  'noload',
  'dynamic',
  'write_only',
  'baked_select',
];

/** Names of loader options and old spellings that people write for a strategy. */
const meant: Readonly<Record<string, string>> = {
  selectinload: 'selectin',
  joinedload: 'joined',
  subqueryload: 'subquery',
  lazyload: 'select',
  eager: 'joined',
  raiseload: 'raise',
};

function checkCall(node: Call, context: FileContext): void {
  if (!isRelationshipCall(node, context) && !isBackref(node, context)) return;
  const cascade = relationshipOption(node, 'cascade');
  const lazy = relationshipOption(node, 'lazy');
  if (cascade?.kind === 'string' && cascade.value !== null) checkCascade(cascade, cascade.value, context);
  if (lazy?.kind === 'string' && lazy.value !== null && !strategies.includes(lazy.value))
    report(lazy, lazy.value, strategies, 'lazy strategy', context);
}

function isBackref(node: Call, { facts }: FileContext): boolean {
  return libraryNameOf(node.function, facts) === 'sqlalchemy.orm.backref';
}

function checkCascade(literal: StringLiteral, value: string, context: FileContext): void {
  const wrong = value
    .split(',')
    .map(word => word.trim())
    .find(word => word !== '' && !cascades.includes(word));
  if (wrong !== undefined) report(literal, wrong, cascades, 'cascade', context);
}

function report(
  literal: Expression,
  wrong: string,
  known: readonly string[],
  what: string,
  context: FileContext,
): void {
  const right = meant[wrong] ?? nearestName(wrong, known);
  const written = sliceOf(context.file.text, literal);
  context.report({
    range: literal,
    message: `There is no ${what} ${wrong}: ${what === 'cascade' ? 'importing the module raises ArgumentError' : 'configuring the mappers raises LoaderStrategyException'}${right ? `; did you mean ${right}?` : ''}`,
    fixes: right ? [changeTo(literal, written.replace(wrong, right), right)] : [],
  });
}
