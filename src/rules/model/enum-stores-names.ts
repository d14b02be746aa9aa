/** `Enum(Status)` stores the members' names, not their values. */
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';

export const enumStoresNames: Rule = {
  id: 'enum-stores-names',
  category: 'model',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'An enum column stores members’ names where their values differ',
    why: '`ACTIVE = "active"` is stored as `ACTIVE`: raw SQL, other programs and API payloads that use the value do not match, and renaming a member changes what is in the database.',
    instead:
      'Store values with `Enum(Status, values_callable=lambda members: [each.value for each in members])`, or keep names and values the same.',
    references: ['https://docs.sqlalchemy.org/en/20/core/type_basics.html#sqlalchemy.types.Enum'],
  },
  examples: [
    {
      bad: 'import enum\n\n\nclass Status(enum.Enum):\n    ACTIVE = "active"\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    status: Mapped[Status]',
      good: 'import enum\n\n\nclass Status(enum.Enum):\n    active = "active"\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    status: Mapped[Status]',
    },
  ],
  check: { model: checkModel },
};

function checkModel(model: Model, context: FileContext): void {
  for (const attribute of model.attributes) {
    if (attribute.kind !== 'column' || attribute.location.path !== context.file.path) continue;
    const { enumClass } = attribute;
    if (!enumClass?.stored) continue;
    const { members, stored } = enumClass;
    const odd = members.find(
      each => stored.includes(each.name) && each.value !== null && each.value !== each.name,
    );
    if (!odd || members.some(each => each.value !== null && stored.includes(each.value))) continue;
    context.report({
      range: attribute.nameRange,
      message: `${enumClass.name}.${odd.name} is stored as '${odd.name}', not as '${odd.value}'`,
    });
  }
}
