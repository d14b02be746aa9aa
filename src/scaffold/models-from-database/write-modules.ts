/** The plan as modules: one for all, or one a class with a module beside them for what they share. */
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import { addToClasses, type ClassAddition } from '../class-additions/class-additions.ts';
import type { NamingConvention } from '../database-layer/base-source.ts';
import { appended, newModule } from '../model/model-file.ts';
import { merged, withLineEnds } from '../model/model-scaffold.ts';
import { modelFile } from '../model/read-plan.ts';
import { registerModels } from '../model/register-model.ts';
import type { ModelCode } from '../model/render-class.ts';
import { foundationOf } from '../model/render-foundation.ts';
import { withArticle, wordsOf } from '../names.ts';
import { inPackage } from '../paths.ts';
import type { ModelPlace, ProjectFacts } from '../project-facts.ts';
import { importOwn } from '../python-code/import-own.ts';
import { failed, type Rendering, type ScaffoldFile } from '../scaffold.ts';
import { tableLabel } from './choose-tables.ts';
import { classLines, enumLines, enumValuesLines, enumValuesName, ownTypeLines } from './class-code.ts';
import type { TableContext } from './column-code.ts';
import type { ColumnTypes } from './column-type.ts';
import type { DatabasePlan, PlannedModel } from './database-plan.ts';
import { linkLines } from './link-code.ts';
import { type ModulePlace, ModuleScope } from './module-scope.ts';
import { tableLines } from './table-code.ts';

export interface WriteRequest {
  readonly plan: DatabasePlan;
  readonly schema: DatabaseSchema;
  readonly place: ModelPlace;
  /** That of the base: the project's, or what a new one gets. */
  readonly convention: NamingConvention;
}

interface Module extends ModulePlace {
  readonly documentation: string;
  readonly code: ModelCode;
  /** What others may import of it. */
  readonly names: readonly string[];
}

export function writeModules(facts: ProjectFacts, request: WriteRequest): Rendering {
  const { plan, place, convention } = request;
  const writer = new ModulesWriter(facts, request);
  const modules = place.kind === 'file' ? [writer.whole(place)] : writer.several();
  const exported = modules.flatMap(({ module, names }) => names.map(name => ({ name, module })));
  const foundation = foundationOf(facts, place, exported, convention);
  const additions = additionsOf(facts, plan, modules);
  const here = additions.filter(each => modules.some(({ path }) => path === each.path));
  const elsewhere = addToClasses(
    facts,
    additions.filter(each => !here.includes(each)),
  );
  const inside = addToClasses(
    facts,
    here.map(each => ({ ...each, imports: [], typeImports: [] })),
  );
  const problems = [...elsewhere.problems, ...inside.problems];
  if (problems.length > 0) return failed(...problems);
  const files = modules.map((module): ScaffoldFile => {
    const { path, documentation, code } = module;
    const file = facts.fileAt(path);
    if (!file) return { kind: 'create', path, text: newModule(facts, documentation, code) };
    const own = inside.files.find(each => each.path === path);
    const edits = own?.kind === 'edit' ? own.edits : [];
    const imports = here.filter(each => each.path === path).flatMap(each => each.imports);
    return { kind: 'edit', path, edits: appended(facts, file, code, { edits, imports }) };
  });
  const registered = registerModels(facts, place, modules);
  const all = [...foundation.files, ...files, ...merged(elsewhere.files, registered)];
  return {
    files: all.map(file => withLineEnds(file, facts)),
    open: modules.at(-1)?.path ?? null,
    problems: [],
    notes: writer.notes,
  };
}

/** The other side of relationships, in models that the project has. */
function additionsOf(
  facts: ProjectFacts,
  { additions }: DatabasePlan,
  modules: readonly Module[],
): readonly ClassAddition[] {
  return additions.map(({ model, link }) => {
    const scope = new ModuleScope(facts, model, new Set());
    const relationships = linkLines(link, model.name, scope, facts);
    const target = modules.find(module => module.names.includes(link.target));
    const typeImports =
      target === undefined || target.path === model.path
        ? []
        : [importOwn(facts, { name: link.target, module: target.module }, model)];
    return {
      path: model.path,
      className: model.name,
      columns: [],
      relationships,
      before: [],
      imports: scope.needs,
      typeImports,
    };
  });
}

class ModulesWriter {
  readonly #facts: ProjectFacts;
  readonly #request: WriteRequest;
  readonly #unknown = new Map<string, string>();

  constructor(facts: ProjectFacts, request: WriteRequest) {
    this.#facts = facts;
    this.#request = request;
  }

  get notes(): readonly string[] {
    return [...this.#unknown].map(
      ([type, name]) =>
        `SQLAlchemy has no class for ${type}: ${name} stands for it, and passes values on as the driver has them.`,
    );
  }

  /** Everything in one file. */
  whole({ path, module }: ModelPlace): Module {
    const { models, tables, enums } = this.#request.plan;
    const place = { path, module };
    const names = [...models.map(({ name }) => name), ...enums.map(({ name }) => name)];
    const attributes = models.flatMap(model => this.#attributesOf(model));
    const scope = new ModuleScope(this.#facts, place, new Set([...names, ...attributes]));
    const context = this.#context(scope, place);
    const base = this.#base(scope);
    const classes = models.map(model => classLines(model, base, context, this.#facts));
    const bare = tables.map(table => tableLines(table, base, context));
    const shared = this.#sharedBlocks(scope);
    return {
      ...place,
      documentation: 'Every model: importing this module fills `Base.metadata`.',
      code: { blocks: [...shared, ...classes, ...bare], imports: scope.needs, typeImports: [] },
      names: [...names, ...tables.map(({ variable }) => variable)],
    };
  }

  /** A file a class; enums and types in one beside them, tables without a class in another. */
  several(): readonly Module[] {
    const { models, tables, enums } = this.#request.plan;
    const shared = this.#beside('column_types');
    const classes = models.map(model => this.#classModule(model, shared));
    const bare = tables.length === 0 ? [] : [this.#tablesModule(shared)];
    const scope = new ModuleScope(this.#facts, shared, new Set());
    const blocks = this.#sharedBlocks(scope);
    const types: Module = {
      ...shared,
      documentation: 'Enums and types of the database that several models use.',
      code: { blocks, imports: scope.needs, typeImports: [] },
      names: enums.map(({ name }) => name),
    };
    return [...(blocks.length > 0 ? [types] : []), ...bare, ...classes];
  }

  #classModule(model: PlannedModel, shared: ModulePlace): Module {
    const place = modelFile({ name: model.name, place: this.#request.place });
    const linked = model.links.map(link => link.target);
    const taken = new Set([model.name, ...linked, ...this.#attributesOf(model)]);
    const scope = new ModuleScope(this.#facts, place, taken);
    const lines = classLines(model, this.#base(scope), this.#context(scope, shared), this.#facts);
    const targets = new Set(linked.filter(target => target !== model.name));
    return {
      ...place,
      documentation: `The model of ${withArticle(wordsOf(model.name).join(' '))}.`,
      code: {
        blocks: [lines],
        imports: scope.needs,
        typeImports: [...targets].map(target => this.#importModel(target, place)),
      },
      names: [model.name],
    };
  }

  #importModel(name: string, from: ModulePlace) {
    const existing = this.#facts.models.find(each => each.name === name);
    const isNew = this.#request.plan.models.some(each => each.name === name);
    const module =
      isNew || !existing ? modelFile({ name, place: this.#request.place }).module : existing.module;
    return importOwn(this.#facts, { name, module }, from);
  }

  #tablesModule(shared: ModulePlace): Module {
    const { tables } = this.#request.plan;
    const place = this.#beside('tables');
    const scope = new ModuleScope(this.#facts, place, new Set());
    const base = this.#base(scope);
    const context = this.#context(scope, shared);
    const blocks = tables.map(table => tableLines(table, base, context));
    return {
      ...place,
      documentation: 'Tables that no class stands for.',
      code: { blocks, imports: scope.needs, typeImports: [] },
      names: tables.map(({ variable }) => variable),
    };
  }

  #beside(name: string): ModulePlace {
    const { place } = this.#request;
    return { path: `${place.path}/${name}.py`, module: inPackage(place.module, name) };
  }

  /** The helper, the enums, and the types that SQLAlchemy does not have; the last are known once all else is rendered. */
  #sharedBlocks(scope: ModuleScope): readonly (readonly string[])[] {
    const { enums } = this.#request.plan;
    const helper =
      enums.length > 0 && this.#facts.enumValues === null ? [enumValuesLines(scope, this.#facts)] : [];
    return [
      ...helper,
      ...enums.map(each => enumLines(each, scope, this.#facts)),
      ...[...this.#unknown].map(([type, name]) => ownTypeLines(name, type, scope, this.#facts)),
    ];
  }

  #attributesOf({ columns, links }: PlannedModel): readonly string[] {
    return [...columns.map(({ attribute }) => attribute), ...links.map(({ name }) => name)];
  }

  #base(scope: ModuleScope): string {
    const { base, package: home } = this.#facts;
    if (base) {
      scope.own(base.name, { path: '', module: base.module });
      return base.expression;
    }
    return scope.own('Base', { path: '', module: inPackage(inPackage(home.module, 'db'), 'base') });
  }

  #context(scope: ModuleScope, shared: ModulePlace): TableContext {
    const { schema, plan, convention } = this.#request;
    const { base, enumValues, models } = this.#facts;
    const types: ColumnTypes = {
      schema,
      enums: plan.enums,
      shared,
      enumValues: enumValues
        ? { name: enumValues.name, place: { path: '', module: enumValues.module } }
        : { name: enumValuesName, place: shared },
      mapsDatetime: base?.mapsDatetime ?? false,
      unknown: this.#unknown,
    };
    const written: readonly Table[] = [...plan.models, ...plan.tables].map(({ table }) => table);
    return {
      scope,
      types,
      templates: base ? base.namingConvention : new Map(Object.entries(convention)),
      targets: new Set([...written.map(tableLabel), ...models.map(model => model.table)]),
      dataclass: base?.dataclass ?? false,
    };
  }
}
