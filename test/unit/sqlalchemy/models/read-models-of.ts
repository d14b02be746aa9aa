/** Python text to models, for the tests of this folder: one file, or several by path. */
import assert from 'node:assert/strict';
import { nameModules } from '../../../../src/python/modules/module-names.ts';
import { createModuleTable, readModuleSymbols } from '../../../../src/python/modules/modules.ts';
import { readScopes } from '../../../../src/python/scopes/scope.ts';
import { renderSchema } from '../../../../src/schema/ddl.ts';
import { type ReadEngines, readEngines } from '../../../../src/sqlalchemy/engines/read-engines.ts';
import type { Model } from '../../../../src/sqlalchemy/model.ts';
import { type ReadModels, readModels } from '../../../../src/sqlalchemy/models/read-models.ts';
import { schemaOfModels } from '../../../../src/sqlalchemy/models/schema-of-models.ts';
import type { SourceFile } from '../../../../src/sqlalchemy/project.ts';
import { loadTestPythonParser } from '../../../python-parser.ts';

const parser = await loadTestPythonParser();

/** What most samples begin with. */
export const preamble = `
import datetime, enum, uuid, decimal
from typing import Annotated, Any, Optional
import sqlalchemy as sa
from sqlalchemy import Column, Enum, ForeignKey, Index, Integer, MetaData, String, Table, func, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship
class Base(DeclarativeBase): pass
`;

export function parseFiles(texts: Readonly<Record<string, string>>): readonly SourceFile[] {
  const names = nameModules(Object.keys(texts), ['']);
  return Object.entries(texts).map(([path, text]) => {
    const module = parser.parse(text);
    const scopes = readScopes(module);
    return {
      path,
      text,
      name: names.get(path) ?? path,
      module,
      scopes,
      symbols: readModuleSymbols(module, scopes),
    };
  });
}

export function readFiles(texts: Readonly<Record<string, string>>): ReadModels {
  const files = parseFiles(texts);
  return readModels(files, createModuleTable(files));
}

/** Reads one file, `models.py`, that begins with the preamble. */
export function read(text: string): ReadModels {
  return readFiles({ 'models.py': preamble + text });
}

export function modelOf({ models }: Pick<ReadModels, 'models'>, name: string): Model {
  const found = [...models.values()].find(model => model.name === name || model.qualifiedName === name);
  assert.ok(found, `no model ${name} among ${[...models.keys()].join(', ')}`);
  return found;
}

/** `name type [not null] [pk]` for each column of a model. */
export function columns(model: Model): readonly string[] {
  return model.attributes.flatMap(attribute =>
    attribute.kind === 'column'
      ? [
          [
            attribute.name,
            attribute.sqlType ?? '?',
            attribute.nullable ? 'null' : 'not null',
            ...(attribute.primaryKey ? ['pk'] : []),
          ].join(' '),
        ]
      : [],
  );
}

/** `name -> Target direction` for each relationship of a model. */
export function relationships(model: Model): readonly string[] {
  return model.attributes.flatMap(attribute =>
    attribute.kind === 'relationship'
      ? [
          `${attribute.name} -> ${attribute.target ?? attribute.targetText} ${attribute.direction}${attribute.collection ? ' collection' : ''}`,
        ]
      : [],
  );
}

export function ddl(text: string): readonly string[] {
  return renderSchema(schemaOfModels(read(text).models.values()));
}

export function engines(text: string): ReadEngines {
  const files = parseFiles({ 'db.py': text });
  const [file] = files;
  assert.ok(file);
  const { names } = readModels(files, createModuleTable(files));
  return readEngines(file, names);
}
