/** The statements that stand for a database: mapped classes, enums, types of its own. */

import { stringLiteral } from '../migration/python-literal.ts';
import { withArticle, wordsOf } from '../names.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { attributeLines, type TableContext } from './column-code.ts';
import type { PlannedEnum, PlannedModel } from './database-plan.ts';
import { linkLines } from './link-code.ts';
import type { ModuleScope } from './module-scope.ts';
import { tableArguments } from './table-code.ts';

/** `base` is how the class statement names the declarative base. */
export function classLines(
  model: PlannedModel,
  base: string,
  context: TableContext,
  facts: ProjectFacts,
): readonly string[] {
  const { style, habits } = facts;
  const { table, name, columns, links } = model;
  const bases = [base, ...(context.dataclass ? ['kw_only=True'] : [])];
  const relationships = links.flatMap(link => linkLines(link, name, context.scope, facts));
  return [
    ...layOut({ open: `class ${name}(`, elements: bases, close: '):' }, 0, style),
    ...(habits.classDocstrings ? [`    """One ${wordsOf(name).join(' ')}."""`, ''] : []),
    `    __tablename__ = ${stringLiteral(table.name, style)}`,
    ...tableArguments(table, context),
    '',
    ...columns.flatMap(column => attributeLines(column, table, context)),
    ...(relationships.length > 0 ? ['', ...relationships] : []),
  ];
}

export function enumLines(
  { type, name, members }: PlannedEnum,
  scope: ModuleScope,
  { style, habits }: ProjectFacts,
): readonly string[] {
  const what = wordsOf(type.name).join(' ');
  scope.useModule('enum');
  return [
    `class ${name}(enum.Enum):`,
    ...(habits.classDocstrings ? [`    """What ${withArticle(what)} can be."""`, ''] : []),
    ...members.map(member => `    ${member.name} = ${stringLiteral(member.value, style)}`),
  ];
}

export const enumValuesName = 'enum_values';

/** What makes SQLAlchemy store the values of an enum, where the default is the members' names. */
export function enumValuesLines(scope: ModuleScope, { habits }: ProjectFacts): readonly string[] {
  scope.useModule('enum');
  return [
    `def ${enumValuesName}(kind: type[enum.Enum]) -> list[str]:`,
    ...(habits.classDocstrings
      ? ['    """Return what is stored: the values, where the default is the names."""']
      : []),
    '    return [str(member.value) for member in kind]',
  ];
}

/** A type that SQLAlchemy has no class for, passed on as the driver gives it. */
export function ownTypeLines(
  name: string,
  type: string,
  scope: ModuleScope,
  { style, habits }: ProjectFacts,
): readonly string[] {
  const [parent, any] = [scope.use('sqlalchemy.types', 'UserDefinedType'), scope.use('typing', 'Any')];
  const documented = habits.classDocstrings;
  return [
    `class ${name}(${parent}[${any}]):`,
    ...(documented ? [`    """PostgreSQL's type ${type.replaceAll('"', '')}."""`, ''] : []),
    '    cache_ok = True',
    '',
    '    def get_col_spec(self, **_options: object) -> str:',
    ...(documented ? ['        """Return the type as DDL has it."""'] : []),
    `        return ${quoted(type, style)}`,
  ];
}
