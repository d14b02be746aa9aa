/** The declarative base that a project gets: with names for constraints, and values of the server fetched where async needs them. */
import type { ProjectFacts } from '../project-facts.ts';
import { renderModule } from '../python-template/python-template.ts';

/** Templates of names by the kind of constraint, as `MetaData(naming_convention=…)` takes them. */
export type NamingConvention = Readonly<Record<'ix' | 'uq' | 'ck' | 'fk' | 'pk', string>>;

export const namingConvention: NamingConvention = {
  ix: 'ix_%(table_name)s_%(column_0_N_name)s',
  uq: 'uq_%(table_name)s_%(column_0_N_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s',
  pk: 'pk_%(table_name)s',
};

export function renderBase(facts: ProjectFacts, convention = namingConvention): string {
  return renderModule(baseSource(facts.concurrency, convention), facts);
}

const eagerDefaults = `
    # Values that the database makes come back with the INSERT or UPDATE:
    # an async session cannot fetch them later, at the first access.
    __mapper_args__: Any = {"eager_defaults": True}
`;

export function baseSource(concurrency: 'sync' | 'async', convention = namingConvention): string {
  const templates = Object.entries(convention).map(([kind, template]) => `    "${kind}": "${template}",`);
  return `"""The declarative base of every model."""
from typing import Any
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

# Names that can be predicted, so that a migration can drop a constraint.
NAMING_CONVENTION = {
${templates.join('\n')}
}


class Base(DeclarativeBase):
    """The base of every model, with the metadata that Alembic compares."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
${concurrency === 'async' ? eagerDefaults : ''}`;
}
