/** A default for an enum column that is a member's value, where members' names are stored. */
import type { Argument, Call, Expression } from '../../python/syntax.ts';
import type { EnumClass } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { columnCallOf } from '../shared/models/column-call.ts';
import { attributesAt } from '../shared/models/declared-attributes.ts';

export const enumDefaultNotStored: Rule = {
  id: 'enum-default-not-stored',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'The server default of an enum column is a member’s value, but names are stored',
    why: '`Enum(Status)` stores `Status.active.name`, and the type in PostgreSQL has the names. `server_default="active"` for a member `ACTIVE = "active"` makes `DEFAULT \'active\'`: PostgreSQL refuses the table with “invalid input value for enum”.',
    instead:
      'Give the name: `server_default=Status.ACTIVE.name`; or store values with `values_callable=lambda members: [each.value for each in members]`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/type_basics.html#sqlalchemy.types.Enum'],
  },
  examples: [
    {
      bad: 'import enum\n\n\nclass Status(enum.Enum):\n    ACTIVE = "active"\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    status: Mapped[Status] = mapped_column(server_default="active")',
      good: 'import enum\n\n\nclass Status(enum.Enum):\n    ACTIVE = "active"\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    status: Mapped[Status] = mapped_column(server_default=Status.ACTIVE.name)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const given = node.arguments.find(each => each.keyword?.id === 'server_default');
  if (!given || !columnCallOf(node, context.facts)) return;
  for (const { attribute } of attributesAt(context.project, context.file.path, node)) {
    const enumClass = attribute.kind === 'column' ? attribute.enumClass : null;
    if (!enumClass) continue;
    const isText = attribute.kind === 'column' && /^VARCHAR/.test(attribute.sqlType ?? '');
    checkDefault(given, enumClass, isText ? 'text' : 'type', context);
    return;
  }
}

function checkDefault(
  { value }: Argument,
  enumClass: EnumClass,
  storedAs: 'type' | 'text',
  context: FileContext,
): void {
  const text = textOf(value, enumClass);
  const stored = enumClass.stored;
  if (text === null || stored === null || stored.includes(text)) return;
  const member = enumClass.members.find(each => each.value === text || each.name === text);
  const right = member && stored.find(each => each === member.name || each === member.value);
  if (!member || right === undefined) return;
  const outcome =
    storedAs === 'type'
      ? `PostgreSQL refuses DEFAULT '${text}' as an invalid value of the enum`
      : `loading a row with DEFAULT '${text}' raises LookupError`;
  context.report({
    range: value,
    message: `The column stores ${stored.includes(member.name) ? 'names' : 'values'}, '${right}' for this one: ${outcome}`,
  });
}

/** The text that the default becomes in DDL: a string, `Status.ACTIVE.value`, or a member that is a string itself. */
function textOf(value: Expression, { members, name, isText }: EnumClass): string | null {
  if (value.kind === 'string') return value.value;
  if (value.kind !== 'attribute') return null;
  const part = value.attribute.id;
  const owner = part === 'value' || part === 'name' ? value.value : value;
  if (owner.kind !== 'attribute' || owner.value.kind !== 'name' || owner.value.id !== name) return null;
  const member = members.find(each => each.name === owner.attribute.id);
  if (!member) return null;
  if (part === 'name') return member.name;
  return part === 'value' || isText ? member.value : null;
}
