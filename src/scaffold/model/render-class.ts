/** A model's class statement, with the enums that it needs before it. */

import type { NamedThing } from '../named-thing.ts';
import { wordsOf } from '../names.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { assign, call, layOut, tuple } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { type ClassCode, joinCode } from './class-code.ts';
import type { TypeContext } from './column-types.ts';
import type { ModelPlan, ReferenceColumn } from './model-plan.ts';
import { modelFile } from './read-plan.ts';
import { columnCode, keyCode, timestampsCode } from './render-column.ts';
import { enumCode, enumsOf, enumValuesCode, enumValuesName } from './render-enum.ts';
import { otherSide, ownSide } from './render-relationship.ts';

export interface ModelCode {
  /** Top-level statements, each as its lines. */
  readonly blocks: readonly (readonly string[])[];
  readonly imports: readonly ImportNeed[];
  /** Needed for annotations alone. */
  readonly typeImports: readonly ImportNeed[];
}

/** `base` is what the project has, or what is written along with the first model. */
export function renderModel(
  facts: ProjectFacts,
  plan: ModelPlan,
  base: NamedThing & { readonly expression: string },
): ModelCode {
  const context = typeContext(facts, plan);
  const enums = enumBlocks(facts, plan);
  const body = classBody(facts, plan, context);
  const bases = baseClasses(facts, plan, base);
  return {
    blocks: [
      ...enums.map(each => each.lines),
      classStatement(classHead(facts, plan, bases.names), body.lines),
    ],
    imports: [
      ...enums.flatMap(each => each.imports),
      ...bases.imports,
      ...(plan.unique ? [fromImport('sqlalchemy', 'UniqueConstraint')] : []),
      ...body.imports,
    ].filter(need => isElsewhere(need, plan)),
    typeImports: targetImports(facts, plan),
  };
}

export function typeContext(facts: ProjectFacts, plan: ModelPlan): TypeContext {
  return {
    facts,
    datesByModule: hasDateNames(facts, plan),
    enumValues: facts.enumValues?.name ?? enumValuesName,
  };
}

/** What stands before the class: its enums, and the helper that they need where the project has none. */
export function enumBlocks(facts: ProjectFacts, plan: ModelPlan): readonly ClassCode[] {
  const own = enumsOf(plan);
  const shared =
    facts.enumValues === null || hasEnumType(facts)
      ? []
      : [importOwn(facts, facts.enumValues, modelFile(plan))];
  const isThere = (shared.length > 0 || definesHelper(facts, plan)) && !helperBelow(facts, plan);
  const helper = own.length > 0 && !isThere && !hasEnumType(facts) ? [enumValuesCode(facts)] : [];
  const enums = own.map(each => enumCode(each, plan.name, facts));
  return [...helper, ...enums.map(each => ({ ...each, imports: [...each.imports, ...shared] }))];
}

/** The models that annotations name, where they are defined in other files. */
export function targetImports(facts: ProjectFacts, plan: ModelPlan): readonly ImportNeed[] {
  return references(plan).flatMap(column =>
    column.target && column.relationship && column.target.path !== modelFile(plan).path
      ? [importOwn(facts, column.target, modelFile(plan))]
      : [],
  );
}

export function isElsewhere(need: ImportNeed, plan: ModelPlan): boolean {
  return plan.place.kind === 'folder' || need.module !== plan.place.module;
}

/** The helper's name where the file defines it, but only below the class. */
export function helperBelow(facts: ProjectFacts, plan: ModelPlan): string | undefined {
  const body = facts.fileAt(modelFile(plan).path)?.syntax?.body ?? [];
  const at = (kind: string, name: string): number =>
    body.findIndex(
      each =>
        (each.kind === 'class' || each.kind === 'function') && each.kind === kind && each.name.id === name,
    );
  const [helper, model] = [at('function', enumValuesName), at('class', plan.name)];
  return enumsOf(plan).length > 0 && model >= 0 && helper > model ? enumValuesName : undefined;
}

/** The project's own type of enums needs no helper. */
function hasEnumType({ columns, base }: ProjectFacts): boolean {
  return columns.enumType !== null && base?.kind !== 'sqlmodel';
}

function definesHelper(facts: ProjectFacts, plan: ModelPlan): boolean {
  return new RegExp(`^def ${enumValuesName}\\(`, 'm').test(facts.fileAt(modelFile(plan).path)?.text ?? '');
}

/** A column or an import of the name `date` or `datetime` leaves none for the type. */
function hasDateNames(facts: ProjectFacts, { columns, place }: ModelPlan): boolean {
  if (columns.some(column => column.name === 'date' || column.name === 'datetime')) return true;
  const text = place.kind === 'file' ? (facts.fileAt(place.path)?.text ?? '') : '';
  return /^import datetime\b|^import datetime as dt\b/m.test(text);
}

function baseClasses(
  facts: ProjectFacts,
  plan: ModelPlan,
  base: NamedThing & { readonly expression: string },
) {
  const mixins = [...(plan.key.kind === 'mixin' ? [plan.key.mixin] : []), ...plan.mixins];
  const names = mixins.map(mixin => mixin.name);
  if (base.name === 'SQLModel' && mixins.some(mixin => mixin.leadsToBase))
    return {
      names: [...names, ...classArguments(facts)],
      imports: mixins.map(each => importOwn(facts, each, modelFile(plan))),
    };
  const ordered = facts.habits.baseFirst ? [base.expression, ...names] : [...names, base.expression];
  return {
    names: [...ordered, ...classArguments(facts)],
    imports: [...mixins, base].map(each => importOwn(facts, each, modelFile(plan))),
  };
}

function classArguments({ base }: ProjectFacts): readonly string[] {
  if (base?.kind === 'sqlmodel') return ['table=True'];
  return base?.dataclass ? ['kw_only=True'] : [];
}

function classHead(
  { style, habits }: ProjectFacts,
  plan: ModelPlan,
  bases: readonly string[],
): readonly string[] {
  const statement = layOut({ open: `class ${plan.name}(`, elements: bases, close: '):' }, 0, style);
  const documentation = habits.classDocstrings ? [`    """One ${wordsOf(plan.name).join(' ')}."""`, ''] : [];
  const table =
    plan.table === null ? [] : [`    __tablename__ = ${quoted(plan.table, style)}${habits.tableComment}`];
  const unique = plan.unique ? uniqueLines(plan.unique, style) : [];
  const settings = [...table, ...unique];
  return [...statement, ...documentation, ...settings, ...(settings.length > 0 ? [''] : [])];
}

function uniqueLines(columns: readonly string[], style: ProjectFacts['style']): readonly string[] {
  const constraint = call('UniqueConstraint', ...columns.map(name => quoted(name, style)));
  return layOut(assign('__table_args__', tuple([constraint])), 4, style);
}

function classBody(facts: ProjectFacts, plan: ModelPlan, context: TypeContext): ClassCode {
  const key = keyCode(plan, context);
  const columns = [
    ...(key ? [key] : []),
    ...plan.columns.map(column => columnCode(column, plan, context)),
    ...(plan.timestamps ? timestampsCode(context) : []),
  ];
  const sides = references(plan).flatMap(column => [
    ...(column.relationship ? [ownSide(column, plan, facts)] : []),
    ...(column.relationship && column.target === null ? [otherSide(column, plan, facts)] : []),
  ]);
  const gap = columns.length > 0 && sides.length > 0 ? [{ lines: [''], imports: [] }] : [];
  const eager = needsEagerDefaults(facts, plan) ? [eagerDefaults(facts)] : [];
  const body = joinCode([...columns, ...eager, ...gap, ...sides]);
  return { ...body, lines: body.lines[0] === '' ? body.lines.slice(1) : body.lines };
}

export function references(plan: ModelPlan): readonly ReferenceColumn[] {
  return plan.columns.filter(column => column.kind === 'reference');
}

/** An async session cannot fetch `updated_at` at its first access after an UPDATE. */
function needsEagerDefaults({ concurrency, base }: ProjectFacts, plan: ModelPlan): boolean {
  return plan.timestamps && concurrency === 'async' && base !== null && !base.eagerDefaults;
}

function eagerDefaults({ style }: ProjectFacts): ClassCode {
  const lines = ['', `    __mapper_args__: Any = {${quoted('eager_defaults', style)}: True}`];
  return { lines, imports: [{ kind: 'name', module: 'typing', name: 'Any' }] };
}

/** A class without attributes of its own ends after its head. */
function classStatement(head: readonly string[], body: readonly string[]): readonly string[] {
  const lines = [...head, ...body];
  if (lines.at(-1) === '') lines.pop();
  return lines.at(-1)?.endsWith('):') ? [...lines, '    pass'] : lines;
}
