/** The project's repositories: their generic base, their folder, and which models have one. */
import type { Model } from '../../sqlalchemy/model.ts';
import { pluralOf, snakeOf } from '../names.ts';
import { folderOf, stemOf } from '../paths.ts';
import type { FileLayout, RepositoryBase, RepositoryFacts } from '../project-facts.ts';
import { assignedName, type ClassDefinition, lastName } from '../python-syntax.ts';
import { learnLayout } from './learn-layout.ts';
import { constructorParameters, methodsOf } from './learn-methods.ts';
import { mostCommon } from './most-common.ts';
import { type OwnClass, type OwnClasses, positionalBases, textOf, withAncestors } from './own-classes.ts';

const repositoryName =
  /(Repository|Repo|Dao|DAO)(Base)?$|^(Base|Generic|Async|Abstract)*(Repository|Repo|DAO)/;

export function learnRepositories(models: readonly Model[], classes: OwnClasses): RepositoryFacts {
  const named = [...classes.values()].filter(each => repositoryName.test(each.name) && isImportable(each));
  const bases = named.filter(isGeneric);
  const concrete = named.flatMap(each => {
    const model = modelOf(each, models);
    return model === null ? [] : [{ own: each, name: each.name, model }];
  });
  const base =
    mostCommon(concrete.flatMap(({ own }) => bases.find(each => own.bases.includes(each.name)) ?? [])) ??
    bases[0];
  return {
    base: base
      ? baseFact(
          base,
          concrete.map(each => each.own),
        )
      : null,
    known: concrete.map(({ own, name, model }) => {
      const family = withAncestors(own, classes);
      return {
        name,
        module: own.file.name,
        model,
        concurrency: isAsyncFamily(own, classes) ? 'async' : 'sync',
        parameters: constructorParameters(family),
        methods: methodsOf(family),
        rowTypes: [model, ...family.flatMap(({ node }) => typeArgumentsOf(node).slice(0, 1))],
      };
    }),
    layout: layoutOf(concrete),
  };
}

/** Of the project's own modules, and not inside of another class. */
function isImportable({ file, node }: OwnClass): boolean {
  return file.module.body.includes(node) && !file.path.startsWith('package:');
}

/** With the methods of the classes that it inherits from. */
function isAsyncFamily(own: OwnClass, classes: OwnClasses): boolean {
  return withAncestors(own, classes).some(each => /\basync def\b/.test(textOf(each)));
}

/** `class Repository(Generic[ModelT])`, `class Repository[ModelT]`. */
function isGeneric({ node }: OwnClass): boolean {
  return (
    node.typeParameters.length > 0 ||
    positionalBases(node).some(
      base => base.kind === 'subscript' && ['Generic', 'Protocol'].includes(lastName(base) ?? ''),
    )
  );
}

/** The names in the brackets of the class statement. */
function typeArgumentsOf(node: ClassDefinition): readonly string[] {
  if (node.typeParameters.length > 0) return node.typeParameters.map(parameter => parameter.name.id);
  const generic = positionalBases(node).find(
    base => base.kind === 'subscript' && lastName(base) === 'Generic',
  );
  return generic?.kind === 'subscript' ? generic.indices.map(index => lastName(index) ?? '') : [];
}

/** False where a schema or anything else is wanted too. */
function takesModel([first, second, ...more]: readonly string[]): boolean {
  if (first === undefined || more.length > 0 || /schema|create|dto/i.test(first)) return false;
  return second === undefined || /key|id|pk/i.test(second);
}

/** The model in the brackets of `Repository[Order]`. */
function modelOf({ node }: OwnClass, models: readonly Model[]): string | null {
  for (const base of positionalBases(node)) {
    const [first] = base.kind === 'subscript' ? base.indices : [];
    const name = first && lastName(first);
    if (name && models.some(model => model.name === name)) return name;
  }
  return null;
}

function baseFact(base: OwnClass, concrete: readonly OwnClass[]): RepositoryBase {
  const text = textOf(base);
  const children = concrete.filter(each => each.bases.includes(base.name));
  return {
    name: base.name,
    module: base.file.name,
    concurrency: /\basync def\b/.test(text) ? 'async' : 'sync',
    typeArguments: typeArgumentsOf(base.node).length,
    takesModel: takesModel(typeArgumentsOf(base.node)),
    modelAttribute: mostCommon(children.flatMap(modelAttribute)) ?? declaredModelAttribute(base),
    parameters: parametersOf(base),
    hasCriteria: /def _criteria\(self\)/.test(text),
  };
}

function parametersOf({ node }: OwnClass): readonly string[] {
  const initialiser = node.body.find(each => each.kind === 'function' && each.name.id === '__init__');
  return initialiser?.kind === 'function'
    ? initialiser.parameters
        .slice(1)
        .filter(parameter => parameter.default === null)
        .map(parameter => parameter.name.id)
    : [];
}

/** `model = Order` in a repository's body. */
function modelAttribute({ node }: OwnClass): readonly string[] {
  return node.body.flatMap(statement => {
    const isModel =
      statement.kind === 'assignment' &&
      statement.value?.kind === 'name' &&
      /^[A-Z]/.test(statement.value.id);
    const name = isModel ? assignedName(statement) : null;
    return name === null ? [] : [name];
  });
}

/** `model: type[ModelT]` in the base's body. */
function declaredModelAttribute({ node }: OwnClass): string | null {
  for (const statement of node.body) {
    if (statement.kind !== 'assignment' || statement.annotation === null || statement.value !== null)
      continue;
    if (lastName(statement.annotation)?.toLowerCase() === 'type') return assignedName(statement);
  }
  return null;
}

function layoutOf(
  concrete: readonly { readonly own: OwnClass; readonly model: string }[],
): FileLayout | null {
  const layout = learnLayout(concrete.map(({ own }) => own.file));
  if (layout?.kind !== 'folder') return layout;
  const inside = concrete.filter(({ own }) => folderOf(own.file.path) === layout.path);
  const plural = inside.filter(({ own, model }) =>
    stemOf(own.file.path).includes(pluralOf(snakeOf(model))),
  ).length;
  return { ...layout, pluralFiles: plural * 2 > inside.length };
}
