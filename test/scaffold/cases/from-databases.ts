/** Projects whose models are written from a database: a file for each, all in one file, and beside a model that is there. */
import type { CaseProject } from './case-project.ts';
import { pyproject } from './pyproject.ts';

const script = 'market.sql';
const kind = 'models-from-database';

function project(
  name: string,
  layout: 'package' | 'module',
  style: Parameters<typeof pyproject>[0],
): CaseProject {
  return {
    project: name,
    texts: { 'pyproject.toml': pyproject(style) },
    source: '.',
    dialects: ['postgresql'],
    script,
    models: [`${name}.models`],
    base: `${name}.db.base:Base`,
    uses: ['existing_database'],
    cases: [
      {
        name: 'database layer',
        kind: 'database-layer',
        answers: { package: name, driver: 'psycopg', fastapi: false, layout: 'package' },
      },
      {
        name: kind,
        kind,
        script,
        answers: { place: layout === 'package' ? `${name}/models` : `${name}/models.py` },
      },
    ],
  };
}

export const fromDatabases: readonly CaseProject[] = [
  project('market', 'package', { python: 310, lineLength: 88, quote: 'double' }),
  project('market_flat', 'module', { python: 311, lineLength: 100, quote: 'single' }),
];
