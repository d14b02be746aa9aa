/** `relationship("Ordr")`: the text names no class of the registry. */

import { nearestName } from '../../base/suggest.ts';
import { keywordOf, positionalsOf } from '../../python/argument-at.ts';
import type { Call, StringLiteral } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { relationshipCallOf } from '../shared/models/relationship-call.ts';

export const relationshipUnknownTarget: Rule = {
  id: 'relationship-unknown-target',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'The text of a relationship names no mapped class',
    why: 'SQLAlchemy looks the text up when the mappers are configured, which the first query of any model does: it raises `InvalidRequestError`, often in a place that has nothing to do with this class. It wants the name of a class, not that of a table, and takes it before the annotation.',
    instead:
      'Write the class’s name, or leave it to the annotation: `Mapped[list["Order"]] = relationship()`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/basic_relationships.html#late-evaluation-of-relationship-arguments',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)\n    user: Mapped["User"] = relationship("Usr")',
      good: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)\n    user: Mapped["User"] = relationship("User")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const relationship = relationshipCallOf(node, context);
  if (!relationship || relationship.attribute.target !== null) return;
  const text = writtenTarget(node);
  const name = text?.value ?? '';
  // An expression, or a path through modules, is more than a name.
  if (!text || !/^[^\W\d]\w*$/u.test(name) || isKnown(name, context)) return;
  const nearest = classOfTable(name, context) ?? nearestName(name, classNames(context));
  if (nearest === undefined) return;
  context.report({
    range: text,
    message: `No mapped class is named ${name}: configuring the mappers raises InvalidRequestError; did you mean ${nearest}?`,
    fixes: [changeTo(text, `"${nearest}"`, nearest)],
  });
}

function writtenTarget(node: Call): StringLiteral | null {
  const argument = keywordOf(node, 'argument') ?? positionalsOf(node)[0];
  return argument?.value.kind === 'string' ? argument.value : null;
}

/** A class of that name anywhere may be mapped in a way that is not understood. */
function isKnown(name: string, { project }: FileContext): boolean {
  const declared = new RegExp(`^[ \\t]*class[ \\t]+${name}\\b`, 'mu');
  return project.modelsNamed(name).length > 0 || project.filesWith(declared, name).length > 0;
}

function classNames({ project }: FileContext): readonly string[] {
  return [...project.models.values()].flatMap(({ kind, name }) => (kind === 'table' ? [] : [name]));
}

/** The one class that is mapped to the table. */
function classOfTable(table: string, { project }: FileContext): string | undefined {
  const mapped = [...project.models.values()].filter(
    model => model.kind !== 'table' && model.tableName === table && model.inherits === null,
  );
  return mapped.length === 1 ? mapped[0]?.name : undefined;
}
