/** Alembic with a section for each of two databases, with a driver of each kind. */
import { type CaseProject, column, model } from './case-project.ts';
import { pyproject } from './pyproject.ts';

function project(driver: string, scheme: string, concurrency: 'sync' | 'async'): CaseProject {
  const name = `pair_${driver}`;
  return {
    project: name.replace('_', '-'),
    texts: { 'pyproject.toml': pyproject({ python: 310, lineLength: 88, quote: 'double' }) },
    source: '.',
    dialects: ['postgresql'],
    concurrency,
    driver: scheme,
    package: name,
    models: [`${name}.models`],
    base: `${name}.db.base:Base`,
    uses: ['several_databases'],
    cases: [
      {
        name: 'database layer',
        kind: 'database-layer',
        answers: { package: name, driver, fastapi: false, layout: 'package' },
      },
      model('Customer', {
        columns: [
          column('email', 'string', { length: '255', unique: true }),
          column('state', 'enum', { values: 'open, closed' }),
        ],
      }),
      { name: 'alembic', kind: 'alembic', answers: { databases: 'primary, analytics' } },
    ],
  };
}

export const severalDatabases: readonly CaseProject[] = [
  project('asyncpg', 'postgresql+asyncpg', 'async'),
  project('psycopg', 'postgresql+psycopg', 'sync'),
];
