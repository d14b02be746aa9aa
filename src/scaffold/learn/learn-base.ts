/** The declarative base that new models inherit from, and what it gives them. */

import { lastPart } from '../../base/dotted-name.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SourceFile, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import type { BaseFact } from '../project-facts.ts';
import { assignedName, lastName } from '../python-syntax.ts';
import { importFor } from './learn-key.ts';
import { sqlmodelBase } from './learn-sqlmodel.ts';
import { mostCommon } from './most-common.ts';
import {
  declaresKey,
  mappedNames,
  type OwnClass,
  type OwnClasses,
  type OwnCode,
  positionalBases,
  textOf,
  withAncestors,
} from './own-classes.ts';

/** The base of most models; where there are none, the one that code declares. */
export function learnBase(
  project: SqlAlchemyProject,
  models: readonly Model[],
  { classes, ownFiles }: OwnCode,
): BaseFact | null {
  const declared = models.filter(model => model.kind === 'declarative' || model.kind === 'sqlmodel');
  const root = mostCommon(declared.map(model => model.base).filter(base => base !== null));
  if (root === null) return declaredBase(project, { classes, ownFiles });
  const own = declared.filter(model => model.base === root);
  if (own.some(model => model.kind === 'sqlmodel')) return sqlmodelBase(own, classes);
  const written = mostCommon(own.flatMap(model => baseOfClass(model, root, classes) ?? []));
  const known = classes.get(written ?? root) ?? classes.get(root);
  if (known) return usedBase(baseClass(known, classes), own, classes);
  if (isFlask(own, classes)) return foreignBase(root, 'flask');
  const variable = variableBase(root, project);
  return variable && usedBase(variable, own, classes);
}

/** What the models' own class statements say of their base. */
function usedBase(base: BaseFact, models: readonly Model[], classes: OwnClasses): BaseFact {
  const owners = models.flatMap(model => classes.get(model.qualifiedName) ?? []);
  const named = owners.filter(({ node }) => node.body.some(each => assignedName(each) === '__tablename__'));
  return {
    ...base,
    written: writtenBase(base, owners),
    // Where the base could name the tables, but the models do it.
    namesTables: base.namesTables && (owners.length === 0 || named.length * 2 < owners.length),
  };
}

/** `db.Model` after `from warehouse import db`, in most of the models. */
function writtenBase(base: BaseFact, owners: readonly OwnClass[]): BaseFact['written'] {
  const written = owners.flatMap(owner =>
    positionalBases(owner.node)
      .filter(each => lastName(each) === base.name)
      .map(({ start, end }) => ({ owner, expression: owner.file.text.slice(start, end) })),
  );
  const expression = mostCommon(written.map(each => each.expression));
  const [name = '', ...rest] = expression?.split('.') ?? [];
  const first = written.find(each => each.expression === expression);
  const need = first && rest.length === 1 ? importFor(name, first.owner.file) : null;
  return need?.kind === 'name' && need.name === name && expression !== null
    ? { name, module: need.module, expression }
    : null;
}

/** The class statement's own base: the declarative base, or an abstract class that stands before it. */
function baseOfClass(model: Model, root: string, classes: OwnClasses): string | null {
  const node = classes.get(model.qualifiedName);
  if (!node) return null;
  const ancestors = [...model.bases, root];
  const written = node.bases.flatMap(name => ancestors.find(each => lastPart(each) === name) ?? []);
  return written.find(each => each === root || isDeclarative(each, root, classes)) ?? null;
}

function isDeclarative(qualifiedName: string, root: string, classes: OwnClasses): boolean {
  const found = classes.get(qualifiedName);
  if (!found || !/__abstract__\s*=\s*True/.test(textOf(found))) return false;
  return withAncestors(found, classes).some(
    each => each.qualifiedName === root || each.bases.includes(lastPart(root)),
  );
}

const declarativeClasses = ['DeclarativeBase', 'DeclarativeBaseNoMeta'];

function declaredBase(project: SqlAlchemyProject, { classes, ownFiles }: OwnCode): BaseFact | null {
  const found = [...classes.values()].find(each =>
    each.bases.some(base => declarativeClasses.includes(base)),
  );
  if (found) return baseClass(found, classes);
  for (const file of ownFiles) {
    const name = declarativeVariable(file);
    if (name !== null) return variableBase(`${file.name}.${name}`, project);
  }
  return null;
}

/** `Base = declarative_base()`. */
function declarativeVariable(file: SourceFile): string | null {
  for (const statement of file.module.body) {
    if (statement.kind !== 'assignment' || statement.value?.kind !== 'call') continue;
    if (lastName(statement.value.function) === 'declarative_base') return assignedName(statement);
  }
  return null;
}

function baseClass(found: OwnClass, classes: OwnClasses): BaseFact {
  const family = withAncestors(found, classes);
  const text = family.map(textOf).join('\n');
  return {
    name: found.name,
    module: found.file.name,
    expression: found.name,
    written: null,
    kind: 'declarative',
    isClass: true,
    dataclass: family.some(each => each.bases.includes('MappedAsDataclass')),
    attributes: family.flatMap(each => mappedNames(each.node)),
    hasKey: declaresKey(text),
    namesTables: /def __tablename__/.test(text),
    mapsDatetime:
      /\bdatetime\s*:\s*\S*DateTime\([^)]*timezone\s*=\s*True|\bdatetime\s*:\s*\S*TIMESTAMP\([^)]*timezone\s*=\s*True/.test(
        text,
      ),
    eagerDefaults: /eager_defaults/.test(text),
    namingConvention: templatesIn(family.map(each => each.file.text).join('\n')),
  };
}

function variableBase(qualifiedName: string, project: SqlAlchemyProject): BaseFact | null {
  const module = qualifiedName.slice(0, -lastPart(qualifiedName).length - 1);
  const known = [...project.files.values()].some(file => file.name === module);
  return known ? foreignBase(qualifiedName, 'declarative') : null;
}

function isFlask(models: readonly Model[], classes: OwnClasses): boolean {
  return models.some(model => classes.get(model.qualifiedName)?.bases.includes('Model'));
}

/** A base whose class is not the project's own, so that nothing is known of it. */
function foreignBase(qualifiedName: string, kind: BaseFact['kind']): BaseFact {
  const name = lastPart(qualifiedName);
  return {
    name,
    module: qualifiedName.slice(0, -name.length - 1),
    expression: kind === 'flask' ? `${name}.Model` : name,
    written: null,
    kind,
    isClass: false,
    dataclass: false,
    attributes: [],
    hasKey: false,
    namesTables: false,
    mapsDatetime: false,
    eagerDefaults: false,
    namingConvention: new Map(),
  };
}

/** `"uq": "uq_%(table_name)s_%(column_0_name)s"`, for which the file that makes the metadata has no other use. */
function templatesIn(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/(["'])(ix|uq|ck|fk|pk)\1\s*:\s*(["'])([^"'\n]*%\(\w+\)s[^"'\n]*)\3/g);
  return new Map([...found].map(([, , kind = '', , template = '']) => [kind, template]));
}
