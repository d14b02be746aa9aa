/** `select(User).join(Post)`: SQLAlchemy joins by the one foreign key between the two, where there is exactly one. */

import { sliceOf, type TextRange } from '../../base/range.ts';
import type { StatementFact } from '../../sqlalchemy/statement.ts';
import type { UndecidedJoin } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { ownRange } from '../shared/code/own-range.ts';

export const undecidedJoin: Rule = {
  id: 'undecided-join',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: '`join()` without a condition, between tables that have no foreign key or several',
    why: "Without ON, SQLAlchemy joins by the foreign key between the two tables. With several it cannot choose and raises `AmbiguousForeignKeysError`; with none it raises `InvalidRequestError: Don't know how to join`, when the statement is compiled.",
    instead:
      'Join along a relationship (`.join(User.posts)`), or write the condition: `.join(Post, Post.author_id == User.id)`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/join_conditions.html'],
  },
  examples: [
    {
      bad: `class Transfer(Base):
    __tablename__ = "transfers"

    id: Mapped[int] = mapped_column(primary_key=True)
    payer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    payee_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)


def transfers() -> object:
    return select(Transfer).join(User)`,
      good: `class Transfer(Base):
    __tablename__ = "transfers"

    id: Mapped[int] = mapped_column(primary_key=True)
    payer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    payee_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)


def transfers() -> object:
    return select(Transfer).join(User, Transfer.payer_id == User.id)`,
    },
  ],
  check: { query: checkStatement },
};

function checkStatement(statement: StatementFact, context: FileContext): void {
  for (const { undecidedJoin: join } of context.facts.outlinesOf(statement)) {
    const range = ownRange(join?.target, context);
    if (!join || !range) continue;
    context.report({ range, message: messageFor(join), fixes: fixesFor(join, range, context) });
    return;
  }
}

function messageFor({ left, right, choices }: UndecidedJoin): string {
  if (choices.length === 0)
    return `No foreign key connects ${left} and ${right}: this raises InvalidRequestError, as the join has no condition`;
  return `${choices.length} foreign keys connect ${left} and ${right}: SQLAlchemy cannot choose and raises AmbiguousForeignKeysError`;
}

/** One for each foreign key: which is meant, only a person knows. */
function fixesFor(
  { left, choices }: UndecidedJoin,
  target: TextRange,
  { file }: FileContext,
): readonly ReportedFix[] {
  const right = sliceOf(file.text, target);
  return choices.map(pairs => {
    const conditions = pairs.map(pair => `${left}.${pair.left} == ${right}.${pair.right}`);
    const [only, ...others] = conditions;
    const condition = others.length === 0 ? only : conditions.map(each => `(${each})`).join(' & ');
    const range = { start: target.end, end: target.end };
    return { title: `Join on ${condition}`, edits: [{ range, newText: `, ${condition}` }] };
  });
}
