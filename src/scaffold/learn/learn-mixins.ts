/** Mixins with columns, `Annotated` keys and the helper for enum values: what models of the project share. */
import { docstringOf } from '../../python/docstring.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { NamedThing } from '../named-thing.ts';
import type { BaseFact, MixinFact } from '../project-facts.ts';
import { assignedName, lastName } from '../python-syntax.ts';
import { fieldNames, isSqlModel } from './learn-sqlmodel.ts';
import {
  declaresKey,
  mappedNames,
  type OwnClass,
  type OwnClasses,
  textOf,
  withAncestors,
} from './own-classes.ts';

/** Most used first. Classes that are models, or lead to a declarative base, are no mixins. */
export function learnMixins(
  models: readonly Model[],
  classes: OwnClasses,
  context: { readonly base: BaseFact | null; readonly keyAliases: readonly NamedThing[] },
): readonly MixinFact[] {
  const mapped = new Set(models.map(model => model.qualifiedName));
  const roots = new Set([
    ...models.map(model => model.base),
    context.base && `${context.base.module}.${context.base.name}`,
  ]);
  const isField = context.base?.kind === 'sqlmodel';
  const inherited = baseFamily(context.base, classes);
  const candidates = [...classes.values()].filter(
    each =>
      !mapped.has(each.qualifiedName) &&
      !inherited.has(each) &&
      (isField ? isFieldMixin(each, models, classes, roots) : isMixin(each, models, { classes, roots })),
  );
  return candidates
    .map(each =>
      mixinFact(each, models, classes, { ...context, namesIn: isField ? fieldNames : mappedNames }),
    )
    .filter(
      each => each.uses > 0 || !classes.get(`${each.module}.${each.name}`)?.file.path.startsWith('package:'),
    )
    .sort((a, b) => b.uses - a.uses || (a.name < b.name ? -1 : 1));
}

/** What every model inherits through the base already. */
function baseFamily(base: BaseFact | null, classes: OwnClasses): ReadonlySet<OwnClass> {
  const found = base && classes.get(`${base.module}.${base.name}`);
  return new Set(found ? withAncestors(found, classes) : []);
}

function isMixin(
  candidate: OwnClass,
  models: readonly Model[],
  { classes, roots }: { readonly classes: OwnClasses; readonly roots: ReadonlySet<string | null> },
): boolean {
  const family = withAncestors(candidate, classes);
  // A class of the project may have one of those names and be another thing.
  const own = new Set(family.map(each => each.name));
  const leadsAway = (base: string): boolean => isNoMixin(base) && !own.has(base);
  if (family.some(each => roots.has(each.qualifiedName) || each.bases.some(leadsAway))) return false;
  // Behaviour without a column counts where most models name it themselves.
  const uses = models.filter(model =>
    classes.get(model.qualifiedName)?.bases.includes(candidate.name),
  ).length;
  const isOwn = !candidate.file.path.startsWith('package:');
  return family.some(each => mappedNames(each.node).length > 0) || (isOwn && uses * 2 > models.length);
}

/** Of the many classes without a table, those that several models inherit from, or that are called so. */
function isFieldMixin(
  candidate: OwnClass,
  models: readonly Model[],
  classes: OwnClasses,
  roots: ReadonlySet<string | null>,
): boolean {
  const uses = models.filter(model => model.bases.includes(candidate.qualifiedName)).length;
  return (
    !roots.has(candidate.qualifiedName) &&
    (uses >= 2 || /Mixin$/.test(candidate.name)) &&
    withAncestors(candidate, classes).some(each => fieldNames(each.node).length > 0)
  );
}

function isNoMixin(base: string): boolean {
  return /^(DeclarativeBase|DeclarativeBaseNoMeta|SQLModel|Model|BaseModel|Protocol)$/.test(base);
}

interface MixinSources {
  readonly keyAliases: readonly NamedThing[];
  /** The names that a class body maps. */
  readonly namesIn: (node: OwnClass['node']) => readonly string[];
}

function mixinFact(
  mixin: OwnClass,
  models: readonly Model[],
  classes: OwnClasses,
  { keyAliases: aliases, namesIn }: MixinSources,
): MixinFact {
  const family = withAncestors(mixin, classes);
  const text = family.map(textOf).join('\n');
  const [summary = ''] = (docstringOf(mixin.node.body) ?? '').trim().split('\n');
  return {
    name: mixin.name,
    module: mixin.file.name,
    attributes: family.flatMap(each => namesIn(each.node)),
    hasKey: declaresKey(text) || aliases.some(alias => text.includes(`Mapped[${alias.name}]`)),
    leadsToBase: isSqlModel(mixin, classes),
    uses: models.filter(model => model.bases.includes(mixin.qualifiedName)).length,
    summary,
  };
}

/** `IntegerKey = Annotated[int, mapped_column(primary_key=True)]`, at the top level of a module. */
export function learnKeyAliases(ownFiles: readonly SourceFile[]): readonly NamedThing[] {
  return ownFiles.flatMap(aliasesOf);
}

function aliasesOf(file: SourceFile): readonly NamedThing[] {
  return file.module.body.flatMap(statement => {
    const name = assignedName(statement);
    if (name === null || statement.kind !== 'assignment' || statement.value?.kind !== 'subscript') return [];
    if (lastName(statement.value) !== 'Annotated') return [];
    const text = file.text.slice(statement.value.start, statement.value.end);
    return declaresKey(text) ? [{ name, module: file.name }] : [];
  });
}

/** A function of the project that gives an enum's values to `Enum(values_callable=…)`. */
export function learnEnumValues(ownFiles: readonly SourceFile[]): NamedThing | null {
  for (const file of ownFiles) {
    const name = /values_callable\s*=\s*([A-Za-z]\w*)\s*[,)]/.exec(file.text)?.[1];
    if (name === undefined) continue;
    const home = ownFiles.find(each =>
      each.module.body.some(statement => statement.kind === 'function' && statement.name.id === name),
    );
    if (home) return { name, module: home.name };
  }
  return null;
}
