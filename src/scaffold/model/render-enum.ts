/** The Enum classes of a model's columns, and the function that makes SQLAlchemy store their values. */
import { withArticle, wordsOf } from '../names.ts';
import type { ProjectFacts } from '../project-facts.ts';
import type { ImportNeed } from '../python-code/import-need.ts';
import { quoted } from '../python-code/quoting.ts';
import type { ClassCode } from './class-code.ts';
import type { ColumnTypePlan } from './column-types.ts';
import type { ModelPlan } from './model-plan.ts';

const enumModule: ImportNeed = { kind: 'module', module: 'enum' };

export type EnumPlan = Extract<ColumnTypePlan, { kind: 'enum' }> & { readonly column: string };

export function enumsOf(plan: ModelPlan): readonly EnumPlan[] {
  return plan.columns.flatMap(column =>
    column.kind === 'value' && column.type.kind === 'enum' ? [{ ...column.type, column: column.name }] : [],
  );
}

export function enumCode(type: EnumPlan, model: string, { style, habits, enums }: ProjectFacts): ClassCode {
  const what = `${wordsOf(type.column).join(' ')} of ${withArticle(wordsOf(model).join(' '))}`;
  const documentation = habits.classDocstrings ? [`    """What the ${what} can be."""`, ''] : [];
  const members = type.members.map(({ name, value }) => `    ${name} = ${quoted(value, style)}`);
  return {
    lines: [`class ${type.className}(${enums.bases.join(', ')}):`, ...documentation, ...members],
    imports: enums.imports,
  };
}

export const enumValuesName = '_enum_values';

/** For a project without such a function. */
export function enumValuesCode({ habits }: ProjectFacts): ClassCode {
  const documentation = habits.classDocstrings
    ? ['    """Return what is stored: the values, where the default is the names."""']
    : [];
  const lines = [
    `def ${enumValuesName}(kind: type[enum.Enum]) -> list[str]:`,
    ...documentation,
    '    return [str(member.value) for member in kind]',
  ];
  return { lines, imports: [enumModule] };
}
